// Where a run trains: this machine's memory, or the GPUs that the torch trainer takes; what they are called, and how much is free now.
import type { TrainerProgram } from './choose-trainer.ts';
import { type Gpu, listGpus } from './nvidia-smi.ts';

export type Device = {
  kind: 'cpu' | 'cuda';
  /** As people know it: `cpu, 2 threads`, `2 × NVIDIA L4`. */
  name: string;
  /** What the worker's row is marked with: trainer, device, the GPUs by index, bits of the base. */
  labels: string[];
  /** Free for training now; of several GPUs the one with the least. */
  freeBytes(): Promise<number>;
};

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

/**
 * CUDA's own rule: the list's order, by index or by the beginning of a UUID, up to the first that is not there. Of a split GPU an index means the
 * first slice, and a program has one slice or whole GPUs.
 */
function visibleOf(gpus: Gpu[], visible: string | undefined): Gpu[] {
  const seen: Gpu[] = [];
  for (const wanted of visible?.split(',').map(part => part.trim()) ?? gpus.map(({ index }) => index)) {
    const found = gpus.find(gpu => isMeant(gpu, wanted));
    if (!found) break;
    seen.push(found);
  }
  return seen.length > 0 && isSlice(seen[0]) ? [seen[0]] : seen.filter(gpu => !isSlice(gpu));
}

const isSlice = ({ index }: Gpu): boolean => index.includes(':');
const isMeant = ({ index, uuid }: Gpu, wanted: string): boolean =>
  index === wanted || index === `${wanted}:0` || (/^(GPU|MIG)-/.test(wanted) && uuid.startsWith(wanted));
