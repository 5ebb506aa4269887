// What must survive a power cut is on the disk, not in a cache, before its name is: the file is flushed, then the folder that names it.
import { open } from 'node:fs/promises';

/** Writes a file whole and returns when the disk has it. */
export async function writeFlushed(path: string, data: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Returns when the disk has the names in `folder`: a new one is safe only then. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
