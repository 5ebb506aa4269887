// The Python environment of the torch trainer: worker/torch/pyproject.toml's packages in one folder, made whole or not at all.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../src/problem.ts';
import { projectRoot } from '../src/root.ts';
import { runProgram } from './base/program.ts';
import { pythonIn } from './choose-trainer.ts';

export type TorchEnvironment = { folder: string; version: string; device: 'CUDA' | 'CPU'; bytes: number };
/** Hears what is being done, as a code of words/ with its values. */
export type Tell = (code: string, values: Record<string, string>) => void;

const PYTHONS = ['python3.13', 'python3.12', 'python3.11', 'python3', 'python'];
const IS_RIGHT = 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))';
/** Everything the trainer imports, and what torch found. */
const LOOK =
  'import torch, transformers, trl, peft, bitsandbytes; print(torch.__version__, "CUDA" if torch.cuda.is_available() else "CPU")';
const READY = 'ready';

const project = (): string => readFileSync(join(projectRoot(), 'worker', 'torch', 'pyproject.toml'), 'utf8');
/** `name==version` of every package. */
export const pins = (text: string): string[] => [...text.matchAll(/^ {2}"([\w-]+==[\w.]+)",$/gm)].map(match => match[1]);
const nameOf = (packages: string[], gpu: boolean) =>
  createHash('sha256')
    .update([...packages, gpu].join('\n'))
    .digest('hex');

/** The environment in `folder`, if it is whole and of today's packages. */
export async function torchEnvironment(folder: string, gpu: boolean): Promise<TorchEnvironment | undefined> {
  const ready = join(folder, READY);
  if (!existsSync(ready) || readFileSync(ready, 'utf8') !== nameOf(pins(project()), gpu)) return undefined;
  return await lookAt(folder).catch(() => undefined);
}

/**
 * Makes it in `folder`, in place of what lies there: by uv where that is, else by Python's venv and pip; the tools' own settings decide where
 * packages come from. Some 1.6 GB and one to three minutes for a CPU, about 6 GB for CUDA. Throws a Refusal.
 */
export async function makeTorchEnvironment(folder: string, gpu: boolean, tell: Tell, signal: AbortSignal): Promise<TorchEnvironment> {
  const packages = pins(project());
  const remove = () => rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await remove();
  try {
    const begins = (tool: string) => tell('torch.setup.begins', { folder, tool, device: gpu ? 'CUDA' : 'CPU' });
    if (!(await byUv(folder, packages, gpu, tell, begins, signal))) await byPip(folder, packages, gpu, tell, begins, signal);
    const made = await lookAt(folder);
    await writeFile(join(folder, `${READY}.partial`), nameOf(packages, gpu));
    await rename(join(folder, `${READY}.partial`), join(folder, READY));
    return made;
  } catch (error) {
    await remove();
    signal.throwIfAborted();
    if (error instanceof Refusal && error.problem.code !== 'program.failed') throw error;
    throw new Refusal('torch.setup.failed', { why: whyOf(error) }, { cause: error });
  }
}

type Making = [folder: string, packages: string[], gpu: boolean, tell: Tell, begins: (tool: string) => void, signal: AbortSignal];

/** False where there is no uv, or it cannot do it here: it passes over pip's settings. */
async function byUv(...[folder, packages, gpu, tell, begins, signal]: Making): Promise<boolean> {
  const works = await runProgram('uv', ['--version'], signal).catch(() => undefined);
  if (works === undefined) return false;
  begins('uv');
  try {
    await runProgram('uv', ['venv', '--python', '>=3.11,<3.14', folder], signal);
    await runProgram('uv', ['pip', 'install', '--python', pythonIn(folder), '--torch-backend', gpu ? 'auto' : 'cpu', ...packages], signal);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    tell('torch.setup.uvFailed', { why: whyOf(error) });
    await rm(folder, { recursive: true, force: true });
    return false;
  }
}

async function byPip(...[folder, packages, gpu, tell, begins, signal]: Making): Promise<void> {
  let python: string | undefined;
  for (const name of PYTHONS) if (!python && (await runs(name, ['-c', IS_RIGHT], signal))) python = name;
  if (!python) throw new Refusal('torch.setup.noPython');
  begins(`${python} -m venv`);
  await runProgram(python, ['-m', 'venv', folder], signal);
  const install = (...names: string[]) =>
    runProgram(pythonIn(folder), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...names], signal);
  const torch = packages.find(name => name.startsWith('torch=='))!;
  // `===` takes this very build, not the `+cpu` one that counts as newer; where Linux has no `+cpu` one the general build does it as well.
  if (gpu) await install(torch.replace('==', '==='));
  else if (process.platform === 'linux')
    await install(`${torch}+cpu`).catch(async () => {
      signal.throwIfAborted();
      tell('torch.setup.noCpuBuild', {});
      await install(torch);
    });
  await install(...packages);
}

const runs = (program: string, args: string[], signal: AbortSignal) =>
  runProgram(program, args, signal).then(
    () => true,
    () => false,
  );

async function lookAt(folder: string): Promise<TorchEnvironment> {
  const [version, device] = (await runProgram(pythonIn(folder), ['-W', 'ignore', '-c', LOOK])).trim().split(/\s+/).slice(-2);
  return { folder, version: `torch ${version}`, device: device as TorchEnvironment['device'], bytes: await bytesIn(folder) };
}

/** Links are not followed. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  let bytes = 0;
  for (const entry of entries) if (entry.isFile()) bytes += (await lstat(join(entry.parentPath, entry.name))).size;
  return bytes;
}

const whyOf = (error: unknown): string =>
  error instanceof Refusal ? String(error.problem.values.why ?? error.problem.code) : String(error);
