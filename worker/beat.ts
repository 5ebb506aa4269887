// The worker says every five seconds that it is alive, and at once when it turns to something else, so that the bot can say when none is.
// One that cannot begin, or not yet, says why.
import { hostname } from 'node:os';
import type { Db } from '../src/data/database.ts';
import { type Beat, beat, forgetTrouble, forgetWorker, tellTrouble } from '../src/data/workers.ts';
import type { Log } from '../src/log.ts';
import type { Problem } from '../src/problem.ts';
import { freeMemory } from './place.ts';
import type { Workplace } from './workplace.ts';

export type Heart = { stop(): Promise<void> };
type About = { roles: string[]; version: string };

const BEAT_MS = 5_000;

/** Beats at once (rejects if that fails), then every 5 s and at every change; a beat that fails is left out. */
export async function startHeart(place: Workplace, about: About): Promise<Heart> {
  const { db, base } = place;
  const tell = async () =>
    beat(db, {
      ...me(about),
      device: place.device?.name ?? `cpu, ${place.threads} threads`,
      labels: place.device?.labels ?? [place.trainer.name, 'cpu'],
      memoryFree: await freeMemory(place),
      speed: place.speed === undefined ? null : { tokensPerSecond: place.speed },
      base: base.name,
      baseFingerprint: base.model.fingerprint,
      ...place.activity.now,
    });
  await forgetTrouble(db, hostname());
  await tell();
  let telling: Promise<void> = Promise.resolve();
  const again = () => {
    telling = telling.then(tell).catch(error => place.log.warn({ err: error }, 'heartbeat'));
  };
  const timer = setInterval(again, BEAT_MS);
  place.activity.onChange(again);
  return {
    async stop() {
      clearInterval(timer);
      place.activity.onChange(() => {});
      await telling;
      await forgetWorker(db, hostname(), process.pid).catch(() => {});
    },
  };
}

/** A worker that cannot begin yet. */
export type Waiting = Heart & {
  /** Why it waits: told at once, and every 5 s until `stop`, as last said. A beat that fails is left out. */
  say(problem: Problem): void;
};

/** Nothing is told before the first word: most workers begin at once. */
export function openWaiting(db: Db, log: Log, about: About): Waiting {
  let problem: Problem | undefined;
  let telling: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const tell = async () => {
    if (problem) await beat(db, { ...me(about), device: '', problem });
  };
  const again = () => {
    telling = telling.then(tell).catch(err => log.warn({ err }, 'heartbeat'));
  };
  return {
    say(now) {
      const isNews = now.code !== problem?.code;
      if (!problem) telling = forgetTrouble(db, hostname()).catch(() => {});
      problem = now;
      if (isNews) again();
      timer ??= setInterval(again, BEAT_MS);
    },
    async stop() {
      clearInterval(timer);
      await telling;
      if (problem) await forgetWorker(db, hostname(), process.pid).catch(() => {});
    },
  };
}

/** For a worker that ends before it has begun. Rejects if the row cannot be written. */
export async function lastWords(db: Db, about: About, problem: Problem): Promise<void> {
  await tellTrouble(db, { ...me(about), device: '', problem });
}

const me = ({ roles, version }: About): Pick<Beat, 'host' | 'pid' | 'roles' | 'version'> => ({
  host: hostname(),
  pid: process.pid,
  roles,
  version,
});
