// One story: npm start on a platform, its people, a look at the rows, and the end of it all.
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { withoutConsent } from '../../src/data/consent.ts';
import { type Db, openDatabase } from '../../src/data/database.ts';
import { listRuns, type RunRow, runProgress } from '../../src/data/runs.ts';
import { liveWorkers } from '../../src/data/workers.ts';
import { type Apprentice, forgetDataDir, newDataDir, npmStart } from './npm-start.ts';
import { type Person, type Place, personIn } from './person.ts';
import type { Platform } from './platforms.ts';

export type Story = {
  /** The one that runs now: another one after `begin`. */
  readonly apprentice: Apprentice;
  readonly place: Place;
  dataDir: string;
  person(name: string): Promise<Person>;
  /** Somebody from outside the team. */
  guest(name: string): Promise<Person>;
  /** Starts again, after Ctrl-C or a kill, on the same folder. */
  begin(): Promise<void>;
  /** Looks into the rows. */
  look<T>(read: (db: Db) => Promise<T>): Promise<T>;
  newestRun(): Promise<RunRow>;
  /** Run `no` is in the middle of its training, with a checkpoint to go on from; the trainer's process. */
  inMidRun(no: number): Promise<number>;
  /** Whoever has been told that their words are kept had a day to say no; in the local chat nobody is waited for. */
  aDayPasses(): Promise<void>;
  /** What each step of the newest run has told, in order: what an interruption must not change. */
  curve(): Promise<{ step: number; loss: number; learningRate: number }[]>;
  close(): Promise<void>;
};

export async function openStory(platform: Platform, env: Record<string, string> = {}): Promise<Story> {
  const dataDir = newDataDir();
  const farSide = await platform.open();
  const begin = () => npmStart(dataDir, { ...farSide.env, ...env });
  let apprentice = await begin();
  let place = await farSide.enter(apprentice);

  async function look<T>(read: (db: Db) => Promise<T>): Promise<T> {
    const database = openDatabase(apprentice.databaseUrl());
    try {
      return await read(database.db);
    } finally {
      await database.close();
    }
  }
  const explain = () => `${apprentice.output()}\n${apprentice.log('bot')}\n${apprentice.log('worker')}`;
  const newestRun = () => look(async db => (await listRuns(db, 1, 1))[0]);

  return {
    get apprentice() {
      return apprentice;
    },
    get place() {
      return place;
    },
    dataDir,
    person: name => personIn(place, name, explain),
    guest: name => personIn(place, name, explain, true),
    async begin() {
      apprentice = await begin();
      place = await farSide.enter(apprentice);
    },
    look,
    newestRun,
    async inMidRun(no) {
      let pid: number | null | undefined;
      await expect
        .poll(
          async () => {
            const run = await newestRun();
            pid = (await look(liveWorkers)).find(worker => worker.pid === apprentice.pid('worker'))?.trainerPid;
            return run.no === no && run.checkpointStep !== null && Boolean(pid);
          },
          { timeout: 60_000, interval: 50 },
        )
        .toBe(true);
      return pid!;
    },
    async aDayPasses() {
      if (!farSide.waits) return;
      const later = sql`update posts set sent_at = now() - interval '1 day' where key like 'consent:%' and sent_at is not null`;
      // Those whom the news has not reached yet have a day, too.
      const waiting = (db: Db) => db.execute(later).then(async () => (await withoutConsent(db, 1, 'told')).size);
      await expect.poll(() => look(waiting), { timeout: 30_000 }).toBe(0);
    },
    async curve() {
      const { id } = await newestRun();
      const { steps } = await look(db => runProgress(db, id));
      return steps.map(({ step, loss, learningRate }) => ({ step, loss, learningRate }));
    },
    async close() {
      await apprentice.stop();
      await farSide.close();
      forgetDataDir(dataDir);
    },
  };
}
