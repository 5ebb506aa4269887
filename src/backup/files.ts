// The files that belong to a backup besides the tables: adapters and checkpoints, the local chat, the key of this installation.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Where a file lies in the backup, and where here. */
export type Kept = { inBackup: string; here: string };

/** People's text as token ids: made from the tables when a run goes on. */
const MADE_AGAIN = 'rows.jsonl';

/** What there is to keep. A missing folder has nothing. */
export async function filesToKeep({ dataDir, artifactsDir }: { dataDir: string; artifactsDir: string }): Promise<Kept[]> {
  const below = async (folder: string, name: string): Promise<Kept[]> =>
    (await filesBelow(folder)).map(here => ({ here, inBackup: `files/${name}/${relative(folder, here).split(sep).join('/')}` }));
  return [
    ...(await below(artifactsDir, 'artifacts')).filter(({ here }) => !here.endsWith(MADE_AGAIN)),
    ...(await below(join(dataDir, 'local-chat'), 'local-chat')),
    ...(await readdir(dataDir)).filter(name => name === 'key').map(name => ({ here: join(dataDir, name), inBackup: `files/${name}` })),
  ];
}

/** Where a file of a backup belongs. */
export function placeOf(inBackup: string, { dataDir, artifactsDir }: { dataDir: string; artifactsDir: string }): string {
  const [, top, ...rest] = inBackup.split('/');
  return top === 'artifacts' ? join(artifactsDir, ...rest) : join(dataDir, top, ...rest);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

/** Closed to others, as everything of ours. */
export async function copyInto(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to);
}

export async function digestOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(file), async function* (pieces) {
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      yield;
    }
  });
  return { bytes, sha256: hash.digest('hex') };
}
