// What a backup says of itself: a folder with manifest.json, tables/NAME.jsonl.gz and files/ (as below the folder of data).
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../problem.ts';

const Manifest = z.object({
  format: z.literal(1),
  /** When the snapshot was taken. */
  at: z.iso.datetime(),
  /** The newest migration that its tables had (milliseconds since 1970). */
  migration: z.int(),
  /** Table → rows. */
  tables: z.record(z.string(), z.int()),
  /** Path below the backup → what it must be. */
  files: z.record(z.string(), z.object({ bytes: z.int(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof Manifest>;

export const MANIFEST = 'manifest.json';
export const tableFile = (table: string): string => `tables/${table}.jsonl.gz`;

/** Throws a Refusal where `folder` is no backup, or one that was not finished. */
export async function readManifest(folder: string): Promise<Manifest> {
  try {
    return Manifest.parse(JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')));
  } catch (cause) {
    throw new Refusal('backup.none', { folder }, { cause });
  }
}
