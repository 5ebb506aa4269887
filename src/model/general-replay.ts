// General questions that a run mixes in, with the base's own answers (facts: about a fifth of the examples keeps the model from forgetting).
// None of them is a question of the forgetting check (general-check.ts), and none is about anybody's work.
const english = `
What is the largest ocean on Earth?
Why is the sky blue?
How do plants make their food?
What is the boiling point of water at sea level?
Who painted the Mona Lisa?
Name three kinds of renewable energy.
How many days are there in a leap year?
What does a thermometer measure?
Explain gravity to a child.
What is the difference between a lake and a river?
Give me a recipe for pancakes.
How do I tie a bow tie?
What is a synonym for happy?
Write a sentence with the word umbrella.
What are the primary colours?
How does a bicycle stay upright?
What is the currency of Japan?
Why do leaves change colour in autumn?
What is photosynthesis?
List five fruits that are red.
How can I fall asleep faster?
What is the tallest mountain in the world?
Who wrote Romeo and Juliet?
What is the square root of 144?
How do vaccines work?
What is a noun?
Tell me a short story about a lost dog.
How long should I boil an egg?
What causes thunder?
Which planet is closest to the sun?
How do I remove a coffee stain from a shirt?
What is the meaning of the word benevolent?
Name four musical instruments with strings.
What happens when ice melts?
How many continents are there?
What is the opposite of generous?
Write a haiku about the sea.
Why do we have seasons?
What is the main ingredient of bread?
How does a magnet work?
What is the speed of light?
Describe a rainy day in two sentences.
Which animal is the fastest on land?
How do I start a vegetable garden?
What is democracy?
What is the chemical symbol of gold?
Give three tips for a job interview.
How do birds find their way when they migrate?
What is the smallest prime number?
Who was the first person on the Moon?
How do I make a cup of green tea?
What is an adjective? Give two examples.
Why do cats purr?
What is the longest river in Africa?
How many minutes are in a day?
What are the four cardinal directions?
Write a birthday wish for a friend.
What does the heart do?
How is glass made?
What is the difference between weather and climate?
Name two famous composers.
How can I save money every month?
What is the plural of mouse?
Why is exercise good for you?
What is an island?
How do I change a flat tyre?
What language is spoken in Brazil?
What is the purpose of a bibliography?
Explain what a metaphor is.
How do fish breathe under water?
What is 15 percent of 200?
Which vitamins does an orange have?
What is the capital of Canada?
How do I write a thank-you letter?
What is the function of the roots of a plant?
Who invented the telephone?
How does the Moon affect the tides?
What is the difference between a frog and a toad?
List three ways to reduce plastic waste.
What is a verb?
Why do onions make us cry?
What is the freezing point of water in Fahrenheit?
How do I paint a wall evenly?
What is the largest mammal?
Rewrite this sentence in the past tense: I walk to school.
How do you play chess? Explain briefly.
What is the Great Wall of China?
What do bees make?
Why should we drink water?
What is the difference between a virus and a bacterium?
How many sides does a hexagon have?
What is a solar eclipse?
Give me an idea for a rainy Sunday.
What is the main language of Mexico?
How do I care for a cactus?
What is an ecosystem?
Translate "good morning" into Spanish.
Why do we yawn?
What is the difference between a simile and a metaphor?
Which gas do humans breathe out?
How do I sharpen a kitchen knife?
What is the national animal of Australia?
What is inflation in economics?
Name three inventions of the nineteenth century.
How does soap clean?
What is the hardest natural material?
Suggest a name for a small bakery.
What is the area of a rectangle that is 4 by 6?
Why do stars twinkle?
What are the ingredients of a Greek salad?
How do I learn to juggle?
What is a healthy breakfast?
Who discovered penicillin?
What is the difference between speed and velocity?
How do I keep cut flowers fresh?
What is the population of the world, roughly?
Describe an elephant to somebody who has never seen one.
What is a balanced diet?
Why do we need sleep?
How many strings does a violin have?
What is the desert with the largest area?
Write two lines that rhyme about winter.
What is the difference between a novel and a short story?
How do I calculate the average of three numbers?
What are fossils?
Which organ filters the blood?
What is a good hobby for a quiet person?
How do I stop hiccups?
What is the meaning of the idiom "break the ice"?
Why does bread rise?
What is the largest country by area?
How do you say thank you in French?
What does a compass show?
Name three famous scientists and what they did.
What is recycling?
How do I clean a window without streaks?
What is the difference between an alligator and a crocodile?
Give an example of a palindrome.
Why is the ocean salty?
What is a haiku?
How tall is the Eiffel Tower?
What is the best way to store potatoes?
What is the difference between a planet and a star?
How do I write a good summary?
What is electricity?
Which sport is played at Wimbledon?
How many bones does an adult have?
What is a budget?
Why do dogs wag their tails?
What is the largest bird?
How can I improve my handwriting?
What are the benefits of reading?
What is a triangle with three equal sides called?
How do I pack a suitcase well?
What is the ozone layer?
Who was Cleopatra?
What is the difference between butter and margarine?
How do clouds form?
Write a polite way to say no to an invitation.
What is the Roman numeral for 50?
How do I meditate for the first time?
What does a lawyer do?
Why do volcanoes erupt?
What is the main idea of recycling paper?
Name the months that have 30 days.
What is a sonnet?
How do I get rid of fruit flies?
What is the difference between fog and mist?
Which metal is liquid at room temperature?
What should I see in Rome in one day?
How does a microwave oven heat food?
What is the past tense of go?
Why are flamingos pink?
What is a peninsula?
How do I fold a paper plane?
What is the difference between a debit card and a credit card?
Who composed the Four Seasons?
How much is a dozen?
What is a proverb? Give one.
How do I boil rice?
What makes a good friend?
What is the purpose of a passport?
Why do we celebrate New Year?
What is the largest organ of the human body?
How do I write the number 1000 in words?
What is an antonym of ancient?
Give me three facts about penguins.
How does a lever help to lift things?
What is the difference between a comet and an asteroid?
What is a good gift for a teacher?
How do I train a puppy to sit?
What is the shape of a stop sign?
Why do some people wear glasses?
What is the difference between rice and wheat?
How do I take a good photo at sunset?
What is an orchestra?
What are three uses of a brick?
Who wrote Pride and Prejudice?
What is the sum of the angles of a triangle?
How do I wash a wool sweater?
What is a museum?
Explain what supply and demand means.
Which season comes after spring?
How do I plan a picnic?
`;

const chinese = `
天空为什么是蓝色的？
水在多少度沸腾？
请写一句关于春天的句子。
一年有多少天？
怎么煮米饭？
太阳系里最大的行星是哪一颗？
什么是光合作用？
怎样才能早点睡着？
请说出三种水果。
长城在哪里？
为什么要多喝水？
一打是多少个？
请解释什么是成语，并举一个例子。
猫为什么会打呼噜？
怎么泡一杯绿茶？
“高兴”的近义词有哪些？
三角形的内角和是多少度？
请给朋友写一句生日祝福。
什么是可再生能源？
月亮为什么会有圆缺？
怎么养好一盆绿萝？
世界上最长的河是哪一条？
吃早餐有什么好处？
请用两句话描述一个下雨天。
怎样整理书桌？
什么是民主？
冰为什么会浮在水面上？
请推荐一个适合周末的活动。
怎么学好一门外语？
鱼在水里怎么呼吸？
什么是预算？
请讲一个很短的故事。
为什么会打雷？
一小时有多少秒？
怎么去掉衣服上的咖啡渍？
请写两句押韵的诗。
读书有什么好处？
为什么树叶在秋天变黄？
感冒了应该注意什么？
请把“早上好”翻译成英文。
`;

const questionsOf = (list: string): string[] => list.trim().split('\n');

/** Questions for replay rows, in a fixed order; each language has its own. */
export const replayQuestions = { en: questionsOf(english), zh: questionsOf(chinese) };
