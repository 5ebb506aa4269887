// A step of a live check: tried again where the chat asks for it, and told as one line.
import { setTimeout as sleep } from 'node:timers/promises';
import { RetryLater } from '../chat/errors.ts';
import { type Lang, say } from '../words/words.ts';
import type { Tell } from './finding.ts';
import { whyNot } from './why-not.ts';

const TRIES = 3;
/** Who asks to wait for longer is told of instead. */
const LONGEST_WAIT_MS = 5_000;

export type Attempt = {
  /** Runs `step` and tells a line; undefined where it failed. */
  try<T>(step: string, run: () => Promise<T>, well?: (result: T) => void): Promise<{ result: T } | undefined>;
  /** What the line of this step begins with. */
  what(step: string): string;
};

/** `name`: how people call the platform; `id`: the place that is tried. */
export function attempts({ name, id, lang, tell }: { name: string; id: string; lang: Lang; tell: Tell }): Attempt {
  const what = (step: string) => say(lang, `doctor.try.${step}`, { platform: name, id });
  return {
    what,
    async try(step, run, well = () => tell('well', 'doctor.did', { what: what(step) })) {
      try {
        const result = await patiently(run);
        well(result);
        return { result };
      } catch (error) {
        const { code, values } = whyNot(error, lang);
        tell('ill', code, { what: what(step), ...values });
        return undefined;
      }
    },
  };
}

/** Again after a pause where the chat wants one; what it throws last. */
export async function patiently<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof RetryLater) || error.ms > LONGEST_WAIT_MS || tries >= TRIES) throw error;
      await sleep(error.ms);
    }
  }
}
