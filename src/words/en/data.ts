// English: data.
export const data = {
  runIsOpen: 'Run {no} is still going on, and there is one run at a time: wait for it, or stop it with /finetune cancel.',
  runGotNowhere:
    'The run was taken up {attempts} times and stopped each time before it got past step {step}: look at the worker’s log, then start it again.',
  runNotLaunched: 'Nobody pressed [Start] within an hour, so the run was not begun. Start it again whenever you like.',
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
  'config.days': '{name} is “{got}”: expected a whole number of days from 1 to 3650; leave it out for 30.',
  'config.yesNo': '{name} is “{got}”: expected yes or no.',
  'config.slackBotToken':
    '{name} is “{got}”: expected the Bot User OAuth Token, which begins with xoxb- (your app’s page, OAuth & Permissions).',
  'config.slackAppToken':
    '{name} is “{got}”: expected an app-level token, which begins with xapp- (your app’s page, Basic Information, App-Level Tokens).',
  'config.feishuAppId': '{name} is “{got}”: expected an App ID such as cli_a1b2c3d4e5f60718 (your app’s page, Credentials & Basic Info).',
  'config.feishuDomain': '{name} is “{got}”: expected feishu, lark, or an address that begins with https://.',
  'config.secret': '{name} cannot be used: expected a secret.',
  'config.hubToken': '{name} is “{got}”: expected an access token of the Hugging Face hub, which begins with hf_.',
  'config.url': '{name} is “{got}”: expected an address that begins with https:// or http://.',
  'config.names': '{name} is “{got}”: expected names of reactions with commas between them, such as white_check_mark,heavy_check_mark.',
  'config.trainer': '{name} is “{got}”: expected auto, builtin or torch.',
  'config.precision': '{name} is “{got}”: expected f32 or int8.',
  'config.logLevel': '{name} is “{got}”: expected fatal, error, warn, info, debug, trace or silent.',

  // npm start
  'database.away':
    'The database at {host} (DATABASE_URL) cannot be used: {why}. Start it or correct the address; without DATABASE_URL the bundled one is used.',
  'database.old':
    'The database at {host} is Postgres {major}, and Postgres {least} or later is needed: use a newer server, or leave DATABASE_URL out to use the bundled one.',
  'queue.away':
    'The Redis at {host} (REDIS_URL) does not answer: {why}. Start it or correct the address; without REDIS_URL the queue lies in Postgres.',
  'start.held': '{folder} is in use by process {pid} since {since}: see {address}. Stop that one first, or set DATA_DIR to another folder.',
  'start.heldStarting':
    '{folder} is in use by process {pid} since {since}, which is still starting. Stop that one first, or set DATA_DIR to another folder.',
  'start.folderClosed': 'The data folder {folder} cannot be written to ({why}): set DATA_DIR to a folder of yours.',
  'start.folder': 'Data       {folder}',
  'start.redis': 'Queue      Redis at {host}',
  'start.database': 'Database   bundled Postgres, started on port {port}',
  'start.databaseAdopted': 'Database   bundled Postgres, found running on port {port}',
  'start.databaseGiven': 'Database   Postgres {major} at {host}',
  'start.databaseLost': 'Database   stopped unexpectedly; starting it again (DATA_DIR/postgres.log says more)',
  'start.tables': 'Tables     up to date',
  'start.bot': 'Bot        ready',
  'start.worker': 'Worker     ready',
  'start.botLost': 'Bot        stopped unexpectedly ({how}); starting it again in {seconds} s; {log} says more',
  'start.workerLost': 'Worker     stopped unexpectedly ({how}); starting it again in {seconds} s; {log} says more',
  'start.model': 'Model      {phase}',
  'start.download': 'Model      downloading',
  'start.import': 'Model      importing  ',
  'start.hash': 'Model      checking   ',
  'start.open': '\nOpen the chat: {address}\n(Ctrl-C stops everything)',
  'start.away': '\nTalk to it in {places}.\nIts health: {address}\n(Ctrl-C stops everything)',
  'place.slack': 'Slack',
  'place.feishu': 'Feishu',
  'place.lark': 'Lark',
  'start.stopping': '\nStopping …',
  'start.stopped': 'Stopped.',
  'start.bug': 'Something went wrong that should not have: {what} {log}',
};
