// What the NVIDIA driver's own program tells of the GPUs. Where it is not there, or fails, there is none.
import { execFile } from 'node:child_process';

/** A GPU, or a slice of one that MIG has split: its `index` is `0:1`, the second slice of the first GPU. */
export type Gpu = { index: string; uuid: string; name: string; freeBytes: number };

const MIB = 2 ** 20;
const PATIENCE_MS = 20_000;

/** In the order of their indices; a split GPU is its slices. */
export async function listGpus(): Promise<Gpu[]> {
  const [list, free] = await Promise.all([tell('-L'), tell('--query-gpu=index,uuid,name,memory.free', '--format=csv,noheader,nounits')]);
  return readGpus({ list, free, shared: process.availableMemory() });
}

/** The driver lists at least one GPU. */
export const hasCudaGpu = async (): Promise<boolean> => /^GPU \d+:/m.test(await tell('-L'));

const tell = (...args: string[]): Promise<string> =>
  new Promise(resolve => execFile('nvidia-smi', args, { timeout: PATIENCE_MS }, (error, told) => resolve(error ? '' : told)));

/**
 * `list`: what `-L` prints; `free`: rows of index, uuid, name, free MiB. `shared`: free bytes of this machine, which are those of a GPU without
 * memory of its own.
 */
export function readGpus({ list, free, shared }: { list: string; free: string; shared: number }): Gpu[] {
  return free.split('\n').flatMap(line => {
    const [index, uuid, name, mebibytes = ''] = line.split(',').map(part => part.trim());
    const slices = slicesOf(list, index, name);
    if (slices.length > 0) return slices;
    if (/^\d+$/.test(mebibytes)) return [{ index, uuid, name, freeBytes: Number(mebibytes) * MIB }];
    // GB10, Jetson: CPU and GPU share the machine's memory. Anything else in brackets is a GPU that cannot be used (lost, to be reset).
    return /^\[?(N\/A|Not Supported)\]?$/.test(mebibytes) ? [{ index, uuid, name, freeBytes: shared }] : [];
  });
}

/** `  MIG 1g.10gb     Device  0: (UUID: MIG-…)` below the GPU that was split. */
const SLICE = /^ +MIG (\S+) +Device +(\d+): \(UUID: (MIG-\S+)\)/;

/** What a slice has in all, by its profile's name, counts as free: the driver tells of a slice's use only in its long report, and CUDA gives it to one program. */
function slicesOf(list: string, index: string, name: string): Gpu[] {
  const lines = list.split('\n');
  const from = lines.findIndex(line => line.startsWith(`GPU ${index}:`));
  if (from < 0) return [];
  const rest = lines.slice(from + 1);
  const end = rest.findIndex(line => line.startsWith('GPU '));
  return rest.slice(0, end < 0 ? rest.length : end).flatMap(line => {
    const [, profile, place, uuid] = SLICE.exec(line) ?? [];
    const [, gigabytes] = /\.(\d+)gb/.exec(profile ?? '') ?? [];
    return gigabytes ? [{ index: `${index}:${place}`, uuid, name: `${name} MIG ${profile}`, freeBytes: Number(gigabytes) * 1e9 }] : [];
  });
}
