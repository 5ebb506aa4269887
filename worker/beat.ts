// The worker says every five seconds that it is alive, and at once when it turns to something else, so that the bot can say when none is.
import { hostname } from 'node:os';
import { beat, forgetWorker } from '../src/data/workers.ts';
import type { Workplace } from './workplace.ts';

export type Heart = { stop(): Promise<void> };

const BEAT_MS = 5_000;

/** Beats at once (rejects if that fails), then every 5 s and at every change; a beat that fails is left out. */
export async function startHeart(place: Workplace, about: { roles: string[]; version: string }): Promise<Heart> {
  const { db, base } = place;
  const tell = () =>
    beat(db, {
      host: hostname(),
      pid: process.pid,
      roles: about.roles,
      device: `cpu, ${place.threads} threads`,
      memoryFree: process.availableMemory(),
      speed: place.speed === undefined ? null : { tokensPerSecond: place.speed },
      version: about.version,
      base: base.name,
      baseFingerprint: base.model.fingerprint,
      ...place.activity.now,
    });
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
