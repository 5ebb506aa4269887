// Puts a backup where nothing is yet: every file is looked at first, then the tables in one transaction, then the files.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { hasRows, migratedTo, restoreTables, tableNames } from '../data/dump.ts';
import { Refusal } from '../problem.ts';
import { copyInto, digestOf, placeOf } from './files.ts';
import { type Manifest, readManifest, tableFile } from './manifest.ts';
import type { Folders } from './save.ts';

/** The manifest of a backup whose every file is what it was. Throws a Refusal that names the first that is not. */
export async function checkBackup(folder: string): Promise<Manifest> {
  const manifest = await readManifest(folder);
  for (const [file, { bytes, sha256 }] of Object.entries(manifest.files)) {
    const found = await digestOf(join(folder, file)).catch(() => undefined);
    if (found?.sha256 !== sha256 || found.bytes !== bytes) throw new Refusal('backup.damaged', { file });
  }
  return manifest;
}

/**
 * `databaseUrl`: migrated, without a row. Throws a Refusal when there are rows, when the backup is damaged, or when it comes from a later
 * version of the program than this one.
 */
export async function restoreBackup(folder: string, databaseUrl: string, folders: Folders): Promise<Manifest> {
  const manifest = await checkBackup(folder);
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    if (await hasRows(client)) throw new Refusal('backup.notFresh');
    if (manifest.migration > (await migratedTo(client))) throw new Refusal('backup.newer', { at: manifest.at.slice(0, 10) });
    const known = new Set(await tableNames(client));
    const tables = Object.keys(manifest.tables).filter(table => known.has(table));
    await restoreTables(client, tables, table => linesOf(join(folder, tableFile(table))));
  } finally {
    await client.end();
  }
  for (const file of Object.keys(manifest.files)) {
    if (file.startsWith('files/')) await copyInto(join(folder, file), placeOf(file, folders));
  }
  return manifest;
}

const linesOf = (file: string): AsyncIterable<string> => createInterface({ input: createReadStream(file).pipe(createGunzip()) });
