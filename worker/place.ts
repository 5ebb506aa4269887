// What this worker has to train with, right now.
import { statfs } from 'node:fs/promises';
import { gpuLabels } from './device.ts';
import type { Machine } from './needs.ts';
import type { Workplace } from './workplace.ts';

export const machineOf = ({ trainer, device }: Workplace): Machine => ({
  trainer: trainer.name,
  kind: device?.kind ?? 'cpu',
  quantize: trainer.torch?.quantize,
  tokens: trainer.torch?.tokens,
  shared: gpuLabels(device?.labels ?? []).length > 1,
});

/** Bytes; where no device was opened the machine's. */
export const freeMemory = async ({ device }: Workplace): Promise<number> => device?.freeBytes() ?? process.availableMemory();

/** Bytes that we may still write in a folder. */
export async function freeDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
