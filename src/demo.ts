// `npm run demo`: the whole loop in the terminal, on an invented team: import, run, card, questions, votes. Every part is the real one;
// the last line is the card's numbers as JSON.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from './chat/local/journal.ts';
import { openLocalChat } from './chat/local/local.ts';
import { openRoom } from './chat/local/room.ts';
import { openTerminal, type Terminal } from './chat/local/terminal.ts';
import { childEnv, readConfig } from './config.ts';
import { type Database, migrateDatabase, openDatabase } from './data/database.ts';
import { datasetRows } from './data/datasets.ts';
import { startPostgres } from './data/embedded.ts';
import { listRuns, runProgress } from './data/runs.ts';
import { versionOfRun } from './data/versions.ts';
import { DEMO_KEY } from './demo-key.ts';
import { openLog } from './log.ts';
import type { Evaluation } from './model/report-card.ts';
import { Refusal } from './problem.ts';
import { migrateQueue } from './queue/backend.ts';
import { compiled, projectRoot } from './root.ts';
import { keepRunning } from './start/child.ts';
import { openTerminal as openProgress } from './start/terminal.ts';
import { startBot } from './wiring.ts';
import { say, type WordCode } from './words/words.ts';

const PEOPLE = ['Ada', 'Ben'];
const MINUTE_MS = 60_000;
const began = performance.now();
const config = readConfig();
/** Of its own, and new each time: what a team has taught is not touched. */
const dataDir = join(config.dataDir, 'demo');
const progress = openProgress(process.stdout, config.lang);
const write = (text: string) => void process.stdout.write(text);

async function main(): Promise<void> {
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(dataDir, 'key'), DEMO_KEY, { mode: 0o600 });
  const postgres = await startPostgres(dataDir);
  const database = openDatabase(postgres.url);
  await migrateDatabase(postgres.url);
  await migrateQueue(postgres.url);
  const worker = startWorker(postgres.url);
  const room = await openRoom(await openJournal(join(dataDir, 'chat')), {
    bot: 'apprentice',
    channel: say(config.lang, 'bot.channel'),
    people: PEOPLE,
    commands: ['finetune'],
  });
  const bot = await startBot(openLocalChat(room), {
    databaseUrl: postgres.url,
    dataDir,
    lang: config.lang,
    log: openLog('bot', 'warn'),
  });
  const terminal = openTerminal(room, write);
  try {
    await worker.ready;
    await play(terminal, database);
    terminal.close();
    write(`${JSON.stringify(await numbers(database))}\n`);
  } finally {
    await bot.stop();
    await worker.stop();
    await room.close();
    await database.close();
    await postgres.stop();
  }
}

/** The worker shares the models that are already there. */
function startWorker(databaseUrl: string) {
  let ready: () => void = () => {};
  let refuse: (problem: unknown) => void = () => {};
  const waiting = new Promise<void>((resolve, reject) => {
    ready = resolve;
    refuse = reject;
  });
  const child = keepRunning({
    name: 'worker',
    program: compiled('worker/main'),
    env: childEnv({ DATABASE_URL: databaseUrl, REDIS_URL: '', DATA_DIR: dataDir, MODELS_DIR: config.modelsDir, LOG_LEVEL: 'warn' }),
    log: join(dataDir, 'worker.log'),
    graceMs: 10_000,
    onTold(told) {
      if (told.kind === 'ready') ready();
      else if (told.kind === 'model') progress.bar(told.phase, told.done, told.total);
      else refuse(new Refusal(told.code, told.values));
    },
    onPid() {},
    onLost: how => refuse(new Error(`the worker ended (${how}); ${join(dataDir, 'worker.log')} says why`)),
  });
  return { ready: waiting, stop: child.stop };
}

/** What two colleagues do in a quarter of an hour: teach, wait, ask, compare. */
async function play(terminal: Terminal, { db }: Database): Promise<void> {
  const [ada, ben] = PEOPLE;
  const word = (code: WordCode) => say(config.lang, code);
  const within = (minutes: number) => AbortSignal.timeout(minutes * MINUTE_MS);
  await terminal.drop(ada, 'en.json', readFileSync(join(projectRoot(), 'src/sample-team/en.json')));
  await terminal.sees(/\/finetune start/, { signal: within(1) });
  await terminal.say(ada, '/finetune start');
  let { id: after } = await terminal.sees(/\[?@/, { signal: within(30) });
  const [run] = await listRuns(db, 1, 1);
  if (run.state !== 'done') throw new Error(`the run ended ${run.state}`);

  const heldout = (await datasetRows(db, run.dataset)).filter(({ part }) => part === 'heldout');
  const two = (kind: 'qa' | 'report') => heldout.filter(row => row.kind === kind).slice(0, 2);
  const questions = [
    ...two('report').map(({ input }) => `@apprentice weekly report\n${input}`),
    ...two('qa').map(({ instruction }) => `@apprentice ${instruction}`),
  ];
  const outcome = new RegExp([word('ask.vote'), word('ask.same'), word('ask.no-vote')].map(escaped).join('|'));
  for (const [i, question] of questions.entries()) {
    await terminal.say(ben, question);
    const answered = await terminal.sees(outcome, { after, signal: within(5) });
    after = answered.id;
    if (!JSON.stringify(answered.card).includes(word('ask.vote'))) continue;
    await terminal.press(ada, word(i % 2 === 0 ? 'vote.a' : 'vote.b'));
    await terminal.press(ben, word('vote.tie'));
  }
  await terminal.say(ada, '/finetune status');
  await terminal.sees(new RegExp(word('status.open')), { after, signal: within(1) });
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The numbers of the card, and how long training and everything took. */
async function numbers({ db }: Database): Promise<object> {
  const [run] = await listRuns(db, 1, 1);
  const version = await versionOfRun(db, run.id);
  if (!version) throw new Error('the run left no version');
  const { samples, heldout, ...scores } = (version.card as { evaluation: Evaluation }).evaluation;
  const { steps } = await runProgress(db, run.id);
  const trainSeconds = steps.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  return { ...scores, heldout, trainSeconds: Math.round(trainSeconds), seconds: Math.round((performance.now() - began) / 1000) };
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const problem = error instanceof Refusal ? say(config.lang, error.problem.code, error.problem.values) : (error as Error).message;
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
