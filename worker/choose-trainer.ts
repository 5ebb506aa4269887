// Which program trains here: the builtin one, or torch where its environment and a CUDA GPU are, or as the settings say.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, childEnv } from '../src/config.ts';
import type { TorchOptions } from '../src/model/settings.ts';
import { Refusal } from '../src/problem.ts';
import { compiled, projectRoot } from '../src/root.ts';
import { hasCudaGpu } from './nvidia-smi.ts';
import type { TrainerStart } from './trainer.ts';

/** `start`: what startTrainer needs besides the run's folder. `torch`: what run.json asks of the torch trainer. */
export type TrainerProgram = {
  name: 'builtin' | 'torch';
  start: Pick<TrainerStart, 'program' | 'args' | 'env' | 'group'>;
  torch?: TorchOptions;
};

type Choice = Pick<Config, 'trainer' | 'torchPython' | 'torchProcesses' | 'torchQuantize' | 'dataDir' | 'threads'>;

export const builtinTrainer: TrainerProgram = {
  name: 'builtin',
  start: { program: process.execPath, args: [compiled('worker/builtin/main')] },
};

/** The folder of the environment that `npm run worker:setup` makes. */
export const torchFolder = (dataDir: string): string => join(dataDir, 'torch');

export const pythonIn = (folder: string): string =>
  process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');

/**
 * glibc gives a freed block of this size back at once; left alone it raises the limit to 32 MiB as it goes, and then the holes between
 * what training keeps make a third of the process's memory. Costs no time that could be measured.
 */
const MMAP_FROM_BYTES = 131_072;

/** One process is Python itself, several are torchrun's. OMP_NUM_THREADS: what libraries other than torch take. */
export function torchTrainer(python: string, { processes = 1, threads = 1, ...torch }: TorchStart = {}): TrainerProgram {
  const program = join(projectRoot(), 'worker', 'torch', 'train.py');
  const torchrun = ['-m', 'torch.distributed.run', '--standalone', '--nproc_per_node', String(processes)];
  const args = processes === 1 ? [program] : [...torchrun, program];
  const env = childEnv({ OMP_NUM_THREADS: String(threads), MALLOC_MMAP_THRESHOLD_: String(MMAP_FROM_BYTES) });
  return { name: 'torch', start: { program: python, args, group: true, env }, torch };
}

type TorchStart = { processes?: number; threads?: number } & TorchOptions;

/** Throws a Refusal where torch is asked for by name and its environment is not there. */
export async function chooseTrainer(choice: Choice, hasGpu: () => Promise<boolean> = hasCudaGpu): Promise<TrainerProgram> {
  const python = choice.torchPython ?? pythonIn(torchFolder(choice.dataDir));
  const torch = () =>
    torchTrainer(python, {
      processes: choice.torchProcesses,
      threads: choice.threads,
      ...(choice.torchQuantize && { quantize: choice.torchQuantize }),
    });
  if (choice.trainer === 'builtin') return builtinTrainer;
  // A bare name is looked for on PATH, by whoever starts it.
  const there = existsSync(python) || (choice.torchPython !== undefined && !/[\\/]/.test(choice.torchPython));
  if (choice.trainer === 'torch') {
    if (!there) throw new Refusal('torch.noEnvironment', { python });
    return torch();
  }
  return there && (await hasGpu()) ? torch() : builtinTrainer;
}
