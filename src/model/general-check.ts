// General questions that tell whether a tuned model still answers as its base does. No run ever learns from them.
const english = `
What is the capital of France?
How does a refrigerator keep food cold?
What is the difference between a butterfly and a moth?
Give me three tips for public speaking.
Who developed the theory of relativity?
What is the longest bone in the human body?
How do I make lemonade?
Why do we have leap years?
Write a short poem about a tree.
What is the largest planet in the solar system?
How can I be more patient?
What does a dentist do?
Name three countries in South America.
What is 12 times 8?
Explain what an earthquake is.
What is the meaning of the word curious?
How do I keep houseplants healthy?
What is a rainbow?
Who wrote The Odyssey?
What should I pack for a day at the beach?
`;

const chinese = `
法国的首都是哪里？
冰箱为什么能保鲜？
彩虹是怎么形成的？
请给出三条公开演讲的建议。
十二乘以八等于多少？
什么是地震？
请写一首关于树的短诗。
怎么做柠檬水？
“好奇”是什么意思？
牙医是做什么的？
蝴蝶和飞蛾有什么区别？
太阳系里离太阳最近的行星是哪一颗？
怎样变得更有耐心？
去海边要带什么？
请说出三个南美洲国家。
人体最长的骨头是哪一块？
《西游记》的作者是谁？
怎么照顾室内植物？
为什么会有闰年？
什么是相对论？
`;

const questionsOf = (list: string): string[] => list.trim().split('\n');

/** Twenty questions in each language. */
export const checkQuestions = { en: questionsOf(english), zh: questionsOf(chinese) };
