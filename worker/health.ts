// `node dist/worker/health.js`: 0 where a worker of this machine is alive and tells the database so, else 1; for the health check of a container.
import { hostname } from 'node:os';
import { placeLang, readConfig } from '../src/config.ts';
import { checkDatabase, openDatabase } from '../src/data/database.ts';
import { workersOn } from '../src/data/workers.ts';
import { Refusal } from '../src/problem.ts';
import { say } from '../src/words/words.ts';
import { problemOf } from './failure.ts';

/** Whoever is killed is heard of for some seconds more, so its process must be there, too. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function main(): Promise<number> {
  const host = hostname();
  try {
    const { databaseUrl } = readConfig();
    if (!databaseUrl) throw new Refusal('worker.noDatabase');
    await checkDatabase(databaseUrl);
    const { db, close } = openDatabase(databaseUrl, 1);
    const alive = (await workersOn(db, host).finally(close)).find(({ pid }) => isThere(pid));
    console.log(say(placeLang(), alive ? 'worker.alive' : 'worker.notAlive', { host, pid: alive?.pid ?? 0 }));
    return alive ? 0 : 1;
  } catch (error) {
    const { code, values } = problemOf(error);
    console.log(say(placeLang(), code, values));
    return 1;
  }
}

process.exit(await main());
