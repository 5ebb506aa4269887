// Makes a backup while everything runs: all tables as they were in one moment, then the files that they name.
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { beginSnapshot, dumpTable, migratedTo, tableNames } from '../data/dump.ts';
import { Refusal } from '../problem.ts';
import { copyInto, digestOf, filesToKeep } from './files.ts';
import { MANIFEST, type Manifest, tableFile } from './manifest.ts';

export type Folders = { dataDir: string; artifactsDir: string };

/**
 * Writes the backup to `folder`, which must be new or empty. It counts as one only when it is whole: the manifest comes last. Files that go
 * while it runs (an adapter that is forgotten, say) are not in it.
 */
export async function saveBackup(databaseUrl: string, folders: Folders, folder: string): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new Refusal('backup.notEmpty', { folder });
  await mkdir(join(folder, 'tables'), { mode: 0o700 });
  const manifest: Manifest = { format: 1, at: new Date().toISOString(), migration: 0, tables: {}, files: {} };
  await saveTables(databaseUrl, folder, manifest);
  for (const { here, inBackup } of await filesToKeep(folders)) {
    const to = join(folder, inBackup);
    try {
      await copyInto(here, to);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw error;
    }
    manifest.files[inBackup] = await digestOf(to);
  }
  const draft = join(folder, `${MANIFEST}.new`);
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(draft, join(folder, MANIFEST));
  return manifest;
}

async function saveTables(databaseUrl: string, folder: string, manifest: Manifest): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    await beginSnapshot(client);
    manifest.migration = await migratedTo(client);
    for (const table of await tableNames(client)) {
      const file = tableFile(table);
      const path = join(folder, file);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      let count = 0;
      const lines = async function* () {
        for await (const piece of dumpTable(client, table)) {
          count += piece.length;
          yield piece.map(line => `${line}\n`).join('');
        }
      };
      await pipeline(Readable.from(lines()), createGzip(), createWriteStream(path, { mode: 0o600 }));
      manifest.tables[table] = count;
      manifest.files[file] = await digestOf(path);
    }
    await client.query('rollback');
  } finally {
    await client.end();
  }
}
