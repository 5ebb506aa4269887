// The curve of a card as a picture that its message shows: uploaded where nobody sees it, drawn anew rarely, the old one deleted.
import { createHash } from 'node:crypto';
import type { Card, Curve } from '../chat.ts';
import { bounded } from './bounded.ts';
import type { Calls } from './calls.ts';
import type { Files } from './files.ts';
import { type Clock, realClock } from './rate.ts';

/** Each drawing is a new file: not for every step. */
const REDRAW_MS = 30_000;
/** Slack needs a moment before a block may show a file; longer than this nobody waits for a picture. */
const READY_MS = 4_000;
const LOOK_MS = 150;

/** A PNG. */
export type Draw = (curve: Curve) => Promise<Uint8Array>;

export type Pictures = {
  /** The file to show with this card; undefined where there is no curve, or none that can be shown now. `final`: it will not change soon. */
  of(key: string, card: Card, final: boolean): Promise<string | undefined>;
  /** Slack refused it: not shown again before the next drawing. */
  forget(key: string): void;
  /** The message shows what `of` gave: the picture before it may go. */
  settled(key: string): Promise<void>;
};

type Shown = { file: string; of: string; at: number; before?: string };

/** `onProblem` hears why there is no picture; the card's words stand in for it. */
export function openPictures(
  { apiCall }: Calls,
  files: Pick<Files, 'upload'>,
  { draw, onProblem, clock = realClock }: { draw?: Draw; onProblem(error: unknown): void; clock?: Clock },
): Pictures {
  const shown = bounded<string, Shown>(500);

  async function drawn(curve: Curve): Promise<string> {
    const file = await files.upload({ name: 'loss.png', bytes: await draw!(curve), alt: curve.alt.slice(0, 1_000) });
    for (const end = clock.now() + READY_MS; clock.now() < end; await clock.sleep(LOOK_MS)) {
      const { file: info } = await apiCall<{ file?: { mimetype?: string } }>('files.info', { file });
      if (info?.mimetype) return file;
    }
    return file;
  }

  return {
    async of(key, { parts }, final) {
      const curve = parts.find(part => 'curve' in part)?.curve;
      if (!draw || !curve || curve.train.length + curve.heldout.length === 0) return undefined;
      const of = createHash('sha256').update(JSON.stringify(curve)).digest('base64');
      const last = shown.get(key);
      if (last && (last.of === of || (!final && clock.now() - last.at < REDRAW_MS))) return last.file;
      try {
        shown.set(key, { file: await drawn(curve), of, at: clock.now(), ...(last && { before: last.file }) });
      } catch (error) {
        onProblem(error);
      }
      return shown.get(key)?.file;
    },
    forget: key => shown.delete(key),
    async settled(key) {
      const now = shown.get(key);
      if (!now?.before) return;
      const { before, ...rest } = now;
      shown.set(key, rest);
      // A picture too many harms nobody.
      await apiCall('files.delete', { file: before }).catch(() => {});
    },
  };
}
