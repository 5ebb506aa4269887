// English: data.
export const data = {
  runIsOpen: 'Run {no} is still going on, and there is one run at a time: wait for it, or stop it with /finetune cancel.',
  runGotNowhere: 'The run was taken up {attempts} times and stopped each time before it got past step {step}: look at the worker’s log, then start it again.',
  questionGotNowhere: 'The answer was begun {attempts} times and broke off each time: look at the worker’s log, then ask again.',
  notAComparison: 'There is nothing to vote on here: votes are for questions with two answers.',
  comparisonIsClosed: 'This comparison is closed (votes are taken for 24 hours), so your vote was not counted.',
};
