// The name of a base model: the sha256 of its weights. Half a gigabyte takes a second or more to hash, so the answer is
// kept beside the files for as long as their sizes and times stay the same.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const SIDECAR = '.fingerprint.json';
/** Smaller models are hashed faster than a file is worth. */
const WORTH_KEEPING_BYTES = 16 << 20;
const Kept = z.object({ key: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/**
 * sha256, hex: of the file's bytes (what `sha256sum` says) when the weights are one file, else of the files' sums in the order given.
 * `folder` is where the sidecar goes; whether it can be written does not matter. `onBytes` hears bytes hashed and in all.
 */
export async function fingerprint(folder: string, files: string[], onBytes?: (done: number, total: number) => void): Promise<string> {
  const stats = await Promise.all(files.map(file => stat(file)));
  const total = stats.reduce((sum, { size }) => sum + size, 0);
  const key = stats.map(({ size, mtimeMs }) => `${size}@${mtimeMs}`).join(' ');
  const sidecar = join(folder, SIDECAR);
  const kept = total < WORTH_KEEPING_BYTES ? undefined : await readKept(sidecar);
  if (kept?.key === key) return kept.sha256;

  const sums: string[] = [];
  let done = 0;
  for (const file of files) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      hash.update(chunk);
      onBytes?.((done += chunk.length), total);
    }
    sums.push(hash.digest('hex'));
  }
  const sha256 = sums.length === 1 ? sums[0] : createHash('sha256').update(sums.join('\n')).digest('hex');
  // A folder that cannot be written to (a shared cache) is hashed again next time.
  if (total >= WORTH_KEEPING_BYTES) await writeFile(sidecar, JSON.stringify({ key, sha256 })).catch(() => {});
  return sha256;
}

async function readKept(sidecar: string): Promise<z.infer<typeof Kept> | undefined> {
  try {
    return Kept.parse(JSON.parse(await readFile(sidecar, 'utf8')));
  } catch {
    return undefined; // not there, half written, or somebody else's: the weights are hashed again
  }
}
