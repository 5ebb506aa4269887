// Where a room is kept: one folder with an append-only journal and the files that people dropped.
// A line holds one entry, or several that happened together: a crash leaves all of them or none.
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../problem.ts';
import { compacted } from './compact.ts';
import type { Entry } from './entries.ts';

/** A journal that would shrink by more than this when opened is written anew. */
const WORTH_COMPACTING_BYTES = 1_000_000;

/** What a room needs of the place where it is kept. */
export type RoomStore = {
  /** Everything that was appended before, oldest first. */
  readonly entries: Entry[];
  /** Resolves when the entries would survive a power cut; all of them or none. */
  append(entries: Entry[]): Promise<void>;
  keepFile(id: string, bytes: Uint8Array): Promise<void>;
  file(id: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
};

/**
 * Opens the journal in `folder`, which is made if it is not there; only the owner may read it.
 * A last line that a crash cut off was never acknowledged to anybody and is dropped; a broken line before it is refused (`chat.journalBroken`).
 */
export async function openJournal(folder: string): Promise<RoomStore> {
  const path = join(folder, 'journal.jsonl');
  const files = join(folder, 'files');
  await mkdir(files, { recursive: true, mode: 0o700 });
  await compact(path);
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const { entries, goodBytes } = parse(await handle.readFile(), path);
    await handle.truncate(goodBytes);
    return { entries, append: appender(handle, goodBytes), keepFile, file, close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }

  async function keepFile(id: string, bytes: Uint8Array): Promise<void> {
    const part = join(files, `${id}.part`);
    await writeFile(part, bytes, { mode: 0o600, flush: true });
    await rename(part, join(files, id));
  }

  async function file(id: string): Promise<Uint8Array | undefined> {
    if (!/^\w+$/.test(id)) return undefined;
    return readFile(join(files, id)).catch(error => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  }
}

/** Writes the journal anew without what is void, beside it and then in its place: a crash leaves the old one or the new one. */
async function compact(path: string): Promise<void> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  if (bytes.length < WORTH_COMPACTING_BYTES) return;
  const lines = compacted(parse(bytes, path).entries).map(entry => `${JSON.stringify(entry)}\n`);
  const smaller = Buffer.from(lines.join(''));
  if (bytes.length - smaller.length < WORTH_COMPACTING_BYTES) return;
  await writeFile(`${path}.new`, smaller, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

/** The whole lines of `bytes` and how many bytes they take. */
function parse(bytes: Buffer, path: string): { entries: Entry[]; goodBytes: number } {
  const goodBytes = bytes.lastIndexOf('\n') + 1;
  const lines = bytes.subarray(0, goodBytes).toString('utf8').split('\n').slice(0, -1);
  const entries = lines.flatMap((line, i) => {
    try {
      return JSON.parse(line) as Entry | Entry[];
    } catch (cause) {
      throw new Refusal('chat.journalBroken', { path, line: i + 1 }, { cause });
    }
  });
  return { entries, goodBytes };
}

/** Appends one after the other; what a full disk left half written is cut off again. */
function appender(handle: FileHandle, goodBytes: number): RoomStore['append'] {
  let end = goodBytes;
  return async entries => {
    const line = Buffer.from(`${JSON.stringify(entries.length === 1 ? entries[0] : entries)}\n`);
    try {
      let written = 0;
      while (written < line.length) written += (await handle.write(line, written, line.length - written, end + written)).bytesWritten;
      await handle.datasync();
      end += line.length;
    } catch (cause) {
      await handle.truncate(end).catch(() => undefined);
      throw new Refusal('chat.notKept', { reason: (cause as NodeJS.ErrnoException).code ?? String(cause) }, { cause });
    }
  };
}
