// Which trainer a worker takes, and what `npm run worker:setup` says where it cannot do its work.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Refusal } from '../../src/problem.ts';
import { compiled, projectRoot } from '../../src/root.ts';
import { chooseTrainer, pythonIn, torchFolder } from '../../worker/choose-trainer.ts';
import { pins } from '../../worker/torch-environment.ts';
import { temporaryFolder } from '../support/models.ts';

const gpu = async () => true;
const noGpu = async () => false;

test('auto takes torch only where both its environment and a GPU are; a name is taken at its word', async () => {
  const dataDir = temporaryFolder();
  const config = (env: Record<string, string> = {}) => readConfig({ DATA_DIR: dataDir, THREADS: '2', ...env });
  const name = async (env: Record<string, string>, has: () => Promise<boolean>) => (await chooseTrainer(config(env), has)).name;
  expect(await name({}, gpu)).toBe('builtin');
  const refused = await chooseTrainer(config({ TRAINER: 'torch' }), gpu).catch((error: unknown) => error);
  expect((refused as Refusal).problem).toEqual({ code: 'torch.noEnvironment', values: { python: pythonIn(torchFolder(dataDir)) } });

  mkdirSync(join(pythonIn(torchFolder(dataDir)), '..'), { recursive: true });
  writeFileSync(pythonIn(torchFolder(dataDir)), '');
  expect(await name({}, gpu)).toBe('torch');
  expect(await name({}, noGpu)).toBe('builtin');
  expect(await name({ TRAINER: 'torch' }, noGpu)).toBe('torch');
  expect(await name({ TRAINER: 'builtin' }, gpu)).toBe('builtin');

  const { start, torch } = await chooseTrainer(config({ TRAINER: 'torch', TORCH_PROCESSES: '4', TORCH_QUANTIZE: '4bit' }), gpu);
  expect(start).toMatchObject({ program: pythonIn(torchFolder(dataDir)), group: true, env: { OMP_NUM_THREADS: '2' } });
  expect(start.args.slice(0, -1)).toEqual(['-m', 'torch.distributed.run', '--standalone', '--nproc_per_node', '4']);
  expect(existsSync(start.args.at(-1)!)).toBe(true);
  expect(torch).toEqual({ quantize: '4bit' });
});

test('every package of the environment is pinned', () => {
  const project = readFileSync(join(projectRoot(), 'worker', 'torch', 'pyproject.toml'), 'utf8');
  const listed = /dependencies = \[([^\]]*)\]/.exec(project)![1].match(/"[^"]+"/g)!;
  expect(pins(project)).toHaveLength(listed.length);
  expect(pins(project).map(pin => pin.split('==')[0])).toEqual(
    expect.arrayContaining(['torch', 'transformers', 'trl', 'peft', 'bitsandbytes']),
  );
});

/** Runs the compiled command with only these programs to be found. */
async function setup(programs: Record<string, string>, ...args: string[]) {
  const [bin, dataDir] = [temporaryFolder(), temporaryFolder()];
  for (const [name, script] of Object.entries(programs)) writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const child = spawn(process.execPath, [compiled('worker/torch-setup'), ...args], { env: { PATH: bin, DATA_DIR: dataDir, LANG: 'C' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', data => void (said += data));
  const [exitCode] = await once(child, 'close');
  return { said, exitCode, left: existsSync(torchFolder(dataDir)) };
}

test('without Python it says what to install', async () => {
  expect(await setup({})).toEqual({ said: expect.stringMatching(/^No Python from 3\.11 to 3\.13/), exitCode: 1, left: false });
});

test('where packages cannot be had it says why, tries the next way, and leaves nothing behind', async () => {
  const broken =
    '/bin/mkdir -p "$3/bin"; printf "#!/bin/sh\\necho ERROR: No matching distribution >&2; exit 1\\n" > "$3/bin/python"; /bin/chmod +x "$3/bin/python"';
  const told = await setup({
    uv: '[ "$1" = --version ] || { echo "error: no route to the index" >&2; exit 2; }',
    'python3.12': `[ "$1" = -c ] || { ${broken}; }`,
  });
  expect(told).toMatchObject({ exitCode: 1, left: false });
  const [uv, why, venv, general, failed] = told.said.trim().split('\n');
  expect(uv).toMatch(/^Making the torch environment .* with uv, for CPU/);
  expect(why).toContain('uv could not do it (no route to the index)');
  expect(venv).toContain('with python3.12 -m venv');
  if (process.platform === 'linux') expect(general).toContain('no build of torch for CPUs alone');
  expect(failed).toContain('could not be made: No matching distribution.');
});

test('for what it is made goes by the machine, or by what was asked for', async () => {
  const python3 = 'exit 0';
  const gpu = 'echo "GPU 0: one"';
  const device = async (programs: Record<string, string>, ...args: string[]) =>
    /for (CUDA|CPU)\./.exec((await setup({ python3, ...programs }, ...args)).said)?.[1];
  expect(await device({})).toBe('CPU');
  expect(await device({ 'nvidia-smi': gpu })).toBe('CUDA');
  expect(await device({}, 'cuda')).toBe('CUDA');
  expect(await device({ 'nvidia-smi': gpu }, 'cpu')).toBe('CPU');
  expect(await setup({ python3 }, 'rocm')).toMatchObject({ said: expect.stringMatching(/“cuda” or “cpu”.*“rocm”/), exitCode: 1 });
});
