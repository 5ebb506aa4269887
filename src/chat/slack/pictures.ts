// The curve of a card as a picture that its message shows: uploaded where nobody sees it, drawn anew rarely, the old one deleted.
import { createHash } from 'node:crypto';
import { bounded } from '../bounded.ts';
import type { Card, Curve } from '../chat.ts';
import type { Calls } from './calls.ts';
import type { Files } from './files.ts';
import { type Clock, realClock } from './rate.ts';

/** Each drawing is a new file: not for every step. */
const REDRAW_MS = 30_000;
/** Slack needs a moment before a block may show a file; the pauses between our looks. Whoever posts waits no longer than all of them. */
const LOOKS_MS = [100, 200, 400, 800, 1_600];

/** A PNG. */
export type Draw = (curve: Curve) => Promise<Uint8Array>;

export type Pictures = {
  /** The file to show with this card; undefined where there is no curve, or none that can be shown now. `final`: it will not change soon. */
  of(key: string, card: Card, final: boolean): Promise<string | undefined>;
  /** Slack refused to show it yet: looked at again before the next edit. */
  notYet(key: string): void;
  /** The message shows what `of` gave: the picture before it may go. */
  settled(key: string): Promise<void>;
};

type Shown = { file: string; of: string; at: number; ready: boolean; before?: string };

/** `onProblem` hears why there is no picture; the card's words stand in for it. */
export function openPictures(
  { apiCall }: Calls,
  files: Pick<Files, 'upload'>,
  { draw, onProblem, clock = realClock }: { draw?: Draw; onProblem(error: unknown): void; clock?: Clock },
): Pictures {
  const shown = bounded<string, Shown>(500);

  async function isReady(file: string): Promise<boolean> {
    const { file: info } = await apiCall<{ file?: { mimetype?: string } }>('files.info', { file });
    // Slack knows what it is when it is through with it.
    return Boolean(info?.mimetype);
  }

  async function drawn(curve: Curve): Promise<{ file: string; ready: boolean }> {
    const file = await files.upload({ name: 'loss.png', bytes: await draw!(curve), alt: curve.alt.slice(0, 1_000) });
    for (const pause of LOOKS_MS) {
      if (await isReady(file)) return { file, ready: true };
      await clock.sleep(pause);
    }
    return { file, ready: await isReady(file) };
  }

  /** The picture for this card: the one that is there, or a new one. */
  async function current(key: string, curve: Curve, final: boolean): Promise<Shown> {
    const of = createHash('sha256').update(JSON.stringify(curve)).digest('base64');
    const last = shown.get(key);
    if (last && !last.ready) last.ready = await isReady(last.file);
    if (last && (last.of === of || (!final && clock.now() - last.at < REDRAW_MS))) return last;
    const now = { ...(await drawn(curve)), of, at: clock.now(), ...(last && { before: last.file }) };
    shown.set(key, now);
    return now;
  }

  return {
    async of(key, { parts }, final) {
      const curve = parts.find(part => 'curve' in part)?.curve;
      if (!draw || !curve || curve.train.length + curve.heldout.length === 0) return undefined;
      try {
        const { file, ready, before } = await current(key, curve, final);
        return ready ? file : before;
      } catch (error) {
        onProblem(error);
        const last = shown.get(key);
        return last?.ready ? last.file : undefined;
      }
    },
    notYet(key) {
      const last = shown.get(key);
      if (last) last.ready = false;
    },
    async settled(key) {
      const now = shown.get(key);
      if (!now?.before || !now.ready) return;
      const { before, ...rest } = now;
      shown.set(key, rest);
      // A picture too many harms nobody.
      await apiCall('files.delete', { file: before }).catch(() => {});
    },
  };
}
