// English: data.
export const data = {
  runIsOpen: 'Run {no} is still going on, and there is one run at a time: wait for it, or stop it with /finetune cancel.',
  runGotNowhere:
    'The run was taken up {attempts} times and stopped each time before it got past step {step}: look at the worker’s log, then start it again.',
  questionGotNowhere: 'The answer was begun {attempts} times and broke off each time: look at the worker’s log, then ask again.',
  notAComparison: 'There is nothing to vote on here: votes are for questions with two answers.',
  comparisonIsClosed: 'This comparison is closed (votes are taken for 24 hours), so your vote was not counted.',
  'postgres.notBundled': 'There is no bundled Postgres for {platform}: set DATABASE_URL to a Postgres server (version 15 or later).',
  'postgres.notRunnable':
    'The bundled Postgres in {folder} cannot be run and could not be copied to /var/cache, /var/tmp or the temporary folder: make one of them writable, or set DATABASE_URL.',
  'postgres.needsAccount':
    'Postgres does not run as root, and this machine has neither an account postgres nor nobody: start as another user, or set DATABASE_URL.',
  'postgres.major':
    'The database in {folder} was written by Postgres {found}, and this version brings Postgres {expected}: use a Postgres {found} through DATABASE_URL, or move the folder away to begin anew.',
  'postgres.secret':
    'The password of the bundled database does not fit: expected it in {file}; restore that file from where the data came from.',
  'postgres.failed': 'The bundled Postgres did not start; it says: {what}',

  // the environment
  'config.wrong': 'These settings cannot be used ({count}):{list}',
  'config.path': '{name} is “{got}”: expected a path.',
  'config.databaseUrl':
    '{name} is “{got}”: expected postgres://USER:PASSWORD@HOST:PORT/DATABASE; leave it out to use the bundled Postgres.',
  'config.redisUrl': '{name} is “{got}”: expected redis://HOST:PORT; leave it out to queue in Postgres.',
  'config.host': '{name} is “{got}”: expected a host name or an address such as 127.0.0.1.',
  'config.port': '{name} is “{got}”: expected a number from 1 to 65535; leave it out for any free port.',
  'config.roles': '{name} is “{got}”: expected train, answer or train,answer.',
  'config.threads': '{name} is “{got}”: expected a whole number from 1 to 1024; leave it out to use every core.',
  'config.yesNo': '{name} is “{got}”: expected yes or no.',
  'config.precision': '{name} is “{got}”: expected f32 or int8.',
  'config.logLevel': '{name} is “{got}”: expected fatal, error, warn, info, debug, trace or silent.',
};
