// What the trainer says becomes rows of the run: in order, fenced, at most about two writes a second however fast the steps come.
import { rm } from 'node:fs/promises';
import type { Claim } from '../src/data/claims.ts';
import type { Db } from '../src/data/database.ts';
import { recordCheckpoint, recordEvent, recordHeldout, recordSteps, type StepTold } from '../src/data/progress.ts';
import { forgetBefore } from './checkpoints.ts';
import { patiently } from './patience.ts';
import type { TrainerEvent } from './trainer.ts';

export type Telling = {
  /** Takes an event; steps, held-out losses, checkpoints and the start become rows soon. A checkpoint that a later one overtakes goes. */
  take(event: TrainerEvent): Promise<void>;
  /** Rejects as soon as a write fails for good (a LostClaim, a bug); never resolves. */
  failed: Promise<never>;
  /** Writes what is left. Call it before the run changes its state. Throws what `failed` rejects with. */
  finish(): Promise<void>;
};

const FLUSH_EVERY_MS = 500;

/** `toShared` turns a checkpoint's folder into the path that other workers find it by (relative to the artifacts). */
export function openTelling(db: Db, claim: Claim, signal: AbortSignal, toShared: (folder: string) => string): Telling {
  const waiting: TrainerEvent[] = [];
  let writing: Promise<void> | undefined;
  let reject: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, no) => {
    reject = no;
  });
  failed.catch(() => {}); // whoever waits for it hears of it
  const flush = () => {
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
    return writing;
  };
  const ticking = setInterval(() => flush().catch(reject), FLUSH_EVERY_MS);

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const steps = leadingSteps(waiting);
      const count = Math.max(1, steps.length);
      await patiently(() => (steps.length > 0 ? recordSteps(db, claim, steps) : record(waiting[0])), signal);
      waiting.splice(0, count);
    }
  }

  async function record(event: TrainerEvent): Promise<void> {
    if (event.event === 'heldout') {
      const { step, epoch, loss, tokens } = event;
      return recordHeldout(db, claim, { step, epoch, loss, tokens });
    }
    if (event.event === 'checkpoint') {
      await recordCheckpoint(db, claim, event.step, toShared(event.folder));
      return forgetBefore(event.folder);
    }
    if (event.event === 'started') {
      const { trainable, resumedAt, device } = event;
      return recordEvent(db, claim, 'started', { trainable, resumedAt, device });
    }
  }

  /** However long the database is away, the disk does not fill up with checkpoints that no row names. */
  async function take(event: TrainerEvent): Promise<void> {
    // The first one may be on its way into its row.
    const at = event.event === 'checkpoint' ? waiting.findIndex((earlier, i) => i > 0 && earlier.event === 'checkpoint') : -1;
    const [overtaken] = at === -1 ? [] : waiting.splice(at, 1);
    waiting.push(event);
    if (overtaken?.event === 'checkpoint') await rm(overtaken.folder, { recursive: true, force: true });
  }

  return {
    take,
    failed,
    async finish() {
      clearInterval(ticking);
      await writing;
      await flush();
    },
  };
}

/** The steps at the front of the list: one statement writes them all. */
function leadingSteps(events: TrainerEvent[]): StepTold[] {
  const end = events.findIndex(({ event }) => event !== 'step');
  return events.slice(0, end === -1 ? events.length : end).flatMap(told => {
    if (told.event !== 'step') return [];
    const { event: _, ...step } = told;
    return [step];
  });
}
