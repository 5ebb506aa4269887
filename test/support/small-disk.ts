// A disk of a few hundred kilobytes, to be filled. Needs the right to mount one; without it its tests are skipped, loudly.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `resize` makes room, or takes it away, while the disk is in use. */
export type SmallDisk = { folder: string; resize(size: string): void; remove(): void };

/** `size` as mount says it, e.g. 200k. Undefined where mounting is not allowed. */
export function smallDisk(size: string): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-small-disk-'));
  const mount = (...options: string[]) => execFileSync('mount', [...options, folder], { stdio: 'ignore' });
  try {
    mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs');
  } catch {
    rmdirSync(folder);
    process.stderr.write(`SKIPPED: a full disk needs the right to mount one of ${size}\n`);
    return undefined;
  }
  return {
    folder,
    resize: to => void mount('-o', `remount,size=${to}`),
    remove() {
      execFileSync('umount', ['-l', folder]);
      rmdirSync(folder);
    },
  };
}
