// The files that people drop, wherever they drop them: how big one may be, and which may hold examples.
import { TooLong } from './errors.ts';

export const MAX_FILE_BYTES = 20 * 2 ** 20;

/** By its name or its type. */
export const mayHoldExamples = ({ name, mime }: { name: string; mime?: string }): boolean =>
  /\.(jsonl?|ndjson)$/i.test(name) || mime === 'application/json';

/** All bytes of what is being fetched, whatever size was told of it. `what`: the part of a TooLong, where it is longer than a file may be. */
export async function bytesOf(body: AsyncIterable<Uint8Array> | null, what: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_FILE_BYTES) throw new TooLong(what);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
