// What the owner wants of a trainer: lines "pause" and "resume" on stdin, the end of stdin or SIGTERM = leave.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';

export type Owner = {
  /** Waits while paused. False = leave now, after a checkpoint. */
  mayGoOn(): Promise<boolean>;
  /** Stops listening, so that the program can end. */
  close(): void;
};

/** Listens to `input` and for `leave` (aborted on SIGTERM). */
export function listenToOwner(input: Readable, leave: AbortSignal): Owner {
  let paused = false;
  let gone = leave.aborted;
  let wake = () => {};
  const change = (set: () => void) => {
    set();
    wake();
  };
  const lines = createInterface({ input });
  lines.on('line', line => {
    if (line === 'pause') change(() => void (paused = true));
    if (line === 'resume') change(() => void (paused = false));
  });
  lines.on('close', () => change(() => void (gone = true)));
  // A broken pipe is the end of the owner as well.
  input.on('error', () => change(() => void (gone = true)));
  leave.addEventListener('abort', () => change(() => void (gone = true)));

  return {
    async mayGoOn() {
      // A step blocks the event loop: let it hear what was said meanwhile.
      await setImmediate();
      while (paused && !gone) await new Promise<void>(resolve => (wake = resolve));
      return !gone;
    },
    close() {
      lines.close();
      input.destroy();
    },
  };
}
