// English: the team's exam.
export const exam = {
  'exam.title': 'Your exam: {count} of at most {most} questions',
  'exam.none':
    'Your exam has no questions yet. Pin up to {most} that matter to you: `/finetune exam add How do we roll back a release?` After each run the base model and the new version answer them, and the report card shows how the answers change.',
  'exam.row': '{question} · from {name}',
  'exam.how':
    'After each run the base model and the new version answer these, and the report card shows both. `/finetune exam add QUESTION` pins one more, `/finetune exam remove {no}` takes one out.',
  'exam.added': '{name} put question {no} on the exam: “{question}” The next run’s report card shows how it is answered.',
  'exam.removed': '{name} took question {no} off the exam: “{question}”',
  'exam.full': 'The exam has {most} questions, and that is the most. `/finetune exam remove 1` makes room.',
  'exam.unknown': 'There is no question {no} on the exam. `/finetune exam` lists them.',
  'exam.too-long': 'That is too long for an exam question: at most {most} characters, this has {got}.',
  // on the report card
  'exam.card': '**Your exam.** The same questions every time, so that you see what changes.',
  'exam.card.question': '**{no}.** {question}',
  'exam.card.base': 'The base model: {answer}',
  // commands
  'help.usage.exam': '/finetune exam [add QUESTION | remove 3]',
  'help.about.exam': 'your own test questions, answered after each run',
  'page.hint.exam': 'your own test questions, answered after each run',
};
