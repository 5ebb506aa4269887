// A child as `npm start` expects it: uses the database, says that it is ready, leaves on SIGTERM or with its parent.
// STAND_IN=deaf: the worker ignores both. STAND_IN=modelless: the worker cannot have its model and leaves. STAND_IN=away: there is no page.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../../src/data/database.ts';
import { ensureWorkspace } from '../../../src/data/workspaces.ts';

const name = process.argv[2];
const { DATA_DIR, DATABASE_URL, STAND_IN } = process.env;
const diary = (what: string) => appendFileSync(join(DATA_DIR!, 'diary'), `${name} ${what}\n`);
const found =
  STAND_IN === 'away' ? { url: 'http://127.0.0.1:7777/health', talk: ['slack', 'feishu'] } : { url: 'http://127.0.0.1:7777/?token=abc' };
const deaf = STAND_IN === 'deaf' && name === 'worker';

process.on('SIGTERM', async () => {
  if (deaf) return;
  await sleep(50);
  diary('stopped');
  process.exit(0);
});
process.on('disconnect', () => deaf || process.exit(0));

const { db } = openDatabase(DATABASE_URL!);
await ensureWorkspace(db, 'stand-in', name);
diary('started');
if (name === 'worker') {
  for (let done = 0; done <= 4; done++) process.send!({ kind: 'model', phase: 'download', done: done * 1e6, total: 4e6 });
  if (STAND_IN === 'modelless') {
    process.send!({ kind: 'problem', code: 'database.away', values: { host: 'hub', why: 'no route' } });
    process.exit(1);
  }
}
if (STAND_IN !== 'modelless' || name === 'bot') process.send!({ kind: 'ready', ...(name === 'bot' && found) });
setInterval(() => {}, 1000);
