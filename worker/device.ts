// Where a run trains: this machine's memory, or the GPUs that the torch trainer takes; what they are called, and how much is free now.
import { execFile } from 'node:child_process';
import type { TrainerProgram } from './choose-trainer.ts';

export type Device = {
  kind: 'cpu' | 'cuda';
  /** As people know it: `cpu, 2 threads`, `2 × NVIDIA L4`. */
  name: string;
  /** What the worker's row is marked with: trainer, device, the GPUs by index, bits of the base. */
  labels: string[];
  /** Free for training now; of several GPUs the one with the least. */
  freeBytes(): Promise<number>;
};

export type Gpu = { index: string; uuid: string; name: string; freeBytes: number };

const MIB = 2 ** 20;
const PATIENCE_MS = 20_000;

/** `visible`: CUDA_VISIBLE_DEVICES. `processes`: torch takes one GPU each. Without a GPU, or for the builtin trainer, the CPU. */
export async function openDevice(
  { name: trainer, torch }: TrainerProgram,
  {
    threads,
    processes = 1,
    visible,
    gpus = listGpus,
  }: { threads: number; processes?: number; visible?: string; gpus?: () => Promise<Gpu[]> },
): Promise<Device> {
  const marks = [trainer, ...(torch?.quantize ? [torch.quantize] : [])];
  const mine = async () => visibleOf(await gpus(), visible).slice(0, processes);
  const taken = trainer === 'torch' ? await mine() : [];
  if (taken.length === 0) {
    const name = `cpu, ${threads} threads`;
    return { kind: 'cpu', name, labels: [...marks, 'cpu'], freeBytes: async () => process.availableMemory() };
  }
  return {
    kind: 'cuda',
    name: taken.length > 1 ? `${taken.length} × ${taken[0].name}` : taken[0].name,
    labels: [...marks, 'cuda', ...taken.map(({ index }) => `${GPU_LABEL}${index}`)],
    async freeBytes() {
      const now = await mine();
      // A driver that does not answer for a moment is no reason to refuse a run.
      return Math.min(...(now.length > 0 ? now : taken).map(({ freeBytes }) => freeBytes));
    },
  };
}

/** Before the index of a GPU, in a worker's labels. */
const GPU_LABEL = 'gpu:';
export const gpuLabels = (labels: string[]): string[] => labels.filter(label => label.startsWith(GPU_LABEL));

/** What the driver's own program tells; none where it is not there. */
export function listGpus(): Promise<Gpu[]> {
  const query = ['--query-gpu=index,uuid,name,memory.free', '--format=csv,noheader,nounits'];
  return new Promise(resolve =>
    execFile('nvidia-smi', query, { timeout: PATIENCE_MS }, (error, told) => resolve(error ? [] : readGpus(told))),
  );
}

const readGpus = (told: string): Gpu[] =>
  told.split('\n').flatMap(line => {
    const [index, uuid, name, free] = line.split(',').map(part => part.trim());
    return /^\d+$/.test(free ?? '') ? [{ index, uuid, name, freeBytes: Number(free) * MIB }] : [];
  });

/** CUDA's own rule: the list's order, by index or by the beginning of a UUID, up to the first that is not there. */
function visibleOf(gpus: Gpu[], visible: string | undefined): Gpu[] {
  if (visible === undefined) return gpus;
  const seen: Gpu[] = [];
  for (const wanted of visible.split(',').map(part => part.trim())) {
    const found = gpus.find(({ index, uuid }) => index === wanted || (wanted.startsWith('GPU-') && uuid.startsWith(wanted)));
    if (!found) break;
    seen.push(found);
  }
  return seen;
}
