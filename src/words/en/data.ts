// English: data.
export const data = {
  runIsOpen: 'Run {no} is still going on, and there is one run at a time: wait for it, or stop it with /finetune cancel.',
  runGotNowhere:
    'The run was taken up {attempts} times and stopped each time before it got past step {step}: look at the worker’s log, then start it again.',
  questionGotNowhere: 'The answer was begun {attempts} times and broke off each time: look at the worker’s log, then ask again.',
  notAComparison: 'There is nothing to vote on here: votes are for questions with two answers.',
  comparisonIsClosed: 'This comparison is closed (votes are taken for 24 hours), so your vote was not counted.',
  postgresNotBundled: 'There is no bundled Postgres for {platform}: set DATABASE_URL to a Postgres server (version 15 or later).',
  postgresNotRunnable:
    'The bundled Postgres in {folder} cannot be run and could not be copied to /var/cache, /var/tmp or the temporary folder: make one of them writable, or set DATABASE_URL.',
  postgresNeedsAccount:
    'Postgres does not run as root, and this machine has neither an account postgres nor nobody: start as another user, or set DATABASE_URL.',
  postgresMajor:
    'The database in {folder} was written by Postgres {found}, and this version brings Postgres {expected}: use a Postgres {found} through DATABASE_URL, or move the folder away to begin anew.',
  postgresSecret:
    'The password of the bundled database does not fit: expected it in {file}; restore that file from where the data came from.',
  postgresFailed: 'The bundled Postgres did not start; it says: {what}',
};
