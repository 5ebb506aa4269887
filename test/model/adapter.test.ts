// Outside truth: folders that PEFT wrote (test/fixtures/make/tiny_models.py).
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAdapter, readAdapterExtra, writeAdapter } from '../../src/model/adapter.ts';
import { openModelFolder } from '../../src/model/folder.ts';
import { countValues, LINEAR_LAYERS, loraMatrices } from '../../src/model/lora.ts';
import { readFloats, readHeader, writeSafetensors } from '../../src/model/safetensors.ts';
import { copyOf, editJson, temporaryFolder, tinyFolder, tinyLogits } from '../support/models.ts';

const base = await openModelFolder(tinyFolder('tiny-llama'));
const WEIGHTS = 'adapter_model.safetensors';
const refusal = (code: string, values: object = {}) =>
  expect.objectContaining({ problem: { code, values: expect.objectContaining(values) } });

describe('adapters', () => {
  it('reads what PEFT writes, in our order', () => {
    const folder = tinyFolder('tiny-llama-lora');
    const { spec, matrices, flat } = readAdapter(folder, base);
    expect(spec).toEqual({ rank: 4, alpha: 8, targets: [...LINEAR_LAYERS] });
    expect(matrices).toHaveLength(2 * 2 * 7);
    expect(flat).toHaveLength(countValues(matrices));
    const header = readHeader(join(folder, WEIGHTS));
    let at = 0;
    for (const { name, shape } of matrices) {
      const values = readFloats(join(folder, WEIGHTS), header.get(`base_model.model.${name}.weight`)!);
      expect(flat.subarray(at, (at += shape[0] * shape[1])), name).toEqual(values);
    }
  });

  it('reads some layers only, in bfloat16', () => {
    const { spec, matrices, flat } = readAdapter(tinyFolder('tiny-llama-lora-qv-bf16'), base);
    expect(spec).toEqual({ rank: 2, alpha: 3, targets: ['q_proj', 'v_proj'] });
    expect(matrices.map(({ name }) => name).slice(0, 3)).toEqual([
      'model.layers.0.self_attn.q_proj.lora_A',
      'model.layers.0.self_attn.q_proj.lora_B',
      'model.layers.0.self_attn.v_proj.lora_A',
    ]);
    const bits = new Uint32Array(flat.buffer);
    expect(bits.every(word => (word & 0xffff) === 0)).toBe(true);
    expect(flat.some(value => value !== 0)).toBe(true);
  });

  it('writes the tensors that PEFT wrote, byte for byte, and gives back what was kept with them', async () => {
    const theirs = tinyFolder('tiny-llama-lora');
    const ours = join(temporaryFolder(), 'v1');
    const weights = readAdapter(theirs, base);
    await writeAdapter(ours, base, weights, { form: { sections: ['Done'] } });
    const [original, written] = [theirs, ours].map(folder => ({
      header: readHeader(join(folder, WEIGHTS)),
      bytes: readFileSync(join(folder, WEIGHTS)),
    }));
    expect(new Set(written.header.keys())).toEqual(new Set(original.header.keys()));
    for (const [name, { offset, length, shape }] of original.header) {
      const mine = written.header.get(name)!;
      expect(mine.shape).toEqual(shape);
      expect(written.bytes.subarray(mine.offset, mine.offset + length).equals(original.bytes.subarray(offset, offset + length)), name).toBe(
        true,
      );
    }
    const config = (folder: string) => JSON.parse(readFileSync(join(folder, 'adapter_config.json'), 'utf8'));
    const { apprentice, base_model_name_or_path, target_modules, ...rest } = config(ours);
    expect(config(theirs)).toMatchObject(rest);
    expect(new Set(target_modules)).toEqual(new Set(config(theirs).target_modules));
    expect(base_model_name_or_path).toBe('tiny-llama');
    expect(apprentice.base_fingerprint).toBe(base.fingerprint);
    expect(readAdapterExtra(ours)).toEqual({ form: { sections: ['Done'] } });
    expect(readAdapterExtra(theirs)).toEqual({});
    expect(readAdapter(ours, base)).toEqual(weights);
  });

  it('replaces a folder as a whole', async () => {
    const folder = join(temporaryFolder(), 'v1');
    mkdirSync(folder);
    writeFileSync(join(folder, 'old.txt'), 'old');
    const weights = readAdapter(tinyFolder('tiny-llama-lora'), base);
    await writeAdapter(folder, base, weights);
    expect(readdirSync(folder).sort()).toEqual(['adapter_config.json', WEIGHTS]);
    expect(readdirSync(dirname(folder))).toEqual(['v1']);
    expect(readAdapter(folder, base)).toEqual(weights);
  });

  it('refuses an adapter of another base', async () => {
    const folder = join(temporaryFolder(), 'v1');
    await writeAdapter(folder, { ...base, fingerprint: 'f'.repeat(64) }, readAdapter(tinyFolder('tiny-llama-lora'), base));
    expect(() => readAdapter(folder, base)).toThrow(
      refusal('model.adapterOtherBase', { found: 'ffffffffffff', expected: base.fingerprint.slice(0, 12) }),
    );
    // PEFT's own does not say whose it is: there the shapes decide.
    const wider = { ...base, config: { ...base.config, intermediate: 128 } };
    expect(() => readAdapter(tinyFolder('tiny-llama-lora'), wider)).toThrow(
      refusal('model.adapterTensorShape', {
        tensor: 'base_model.model.model.layers.0.mlp.gate_proj.lora_B.weight',
        found: '64×4',
        expected: '128×4',
      }),
    );
    const deeper = { ...base, config: { ...base.config, layers: 3 } };
    expect(() => readAdapter(tinyFolder('tiny-llama-lora'), deeper)).toThrow(refusal('model.adapterTensorShape', { found: '0' }));
    const shallower = { ...base, config: { ...base.config, layers: 1 } };
    expect(() => readAdapter(tinyFolder('tiny-llama-lora'), shallower)).toThrow(refusal('model.adapterTensorUnknown'));
  });

  it.each([
    ['peft_type', 'LOHA'],
    ['bias', 'all'],
    ['use_dora', true],
    ['use_rslora', true],
    ['fan_in_fan_out', true],
    ['rank_pattern', { q_proj: 2 }],
    ['alpha_pattern', { q_proj: 2 }],
    ['modules_to_save', ['lm_head']],
    ['layers_to_transform', [0]],
  ])('refuses %s = %j', (setting, value) => {
    const folder = copyOf('tiny-llama-lora');
    editJson(join(folder, 'adapter_config.json'), { [setting]: value });
    expect(() => readAdapter(folder, base)).toThrow(refusal('model.adapterUnsupported', { setting, found: JSON.stringify(value) }));
  });

  it('refuses a base weight smuggled in, another rank, a cut file and an empty folder', async () => {
    const smuggled = join(temporaryFolder(), 'v1');
    const weights = readAdapter(tinyFolder('tiny-llama-lora'), base);
    await writeAdapter(smuggled, base, weights);
    const header = readHeader(join(smuggled, WEIGHTS));
    const bytes = join(tinyFolder('tiny-llama-lora'), WEIGHTS);
    await writeSafetensors(join(smuggled, WEIGHTS), [
      ...[...header].map(([name, { shape }]) => ({ name, shape, read: () => readFloats(bytes, readHeader(bytes).get(name)!) })),
      { name: 'base_model.model.lm_head.weight', shape: [1], read: () => new Float32Array(1) },
    ]);
    expect(() => readAdapter(smuggled, base)).toThrow(refusal('model.adapterTensorUnknown', { tensor: 'base_model.model.lm_head.weight' }));

    const rank = copyOf('tiny-llama-lora');
    editJson(join(rank, 'adapter_config.json'), { r: 8 });
    expect(() => readAdapter(rank, base)).toThrow(refusal('model.adapterTensorShape', { found: '4×32', expected: '8×32' }));

    const cut = copyOf('tiny-llama-lora');
    truncateSync(join(cut, WEIGHTS), 10_000);
    expect(() => readAdapter(cut, base)).toThrow(refusal('model.truncated'));
    rmSync(join(cut, WEIGHTS));
    expect(() => readAdapter(cut, base)).toThrow(refusal('model.adapterMissing', { file: WEIGHTS }));
    expect(() => readAdapter(temporaryFolder(), base)).toThrow(refusal('model.adapterMissing', { file: 'adapter_config.json' }));
  });

  const python = process.env.TORCH_PYTHON;
  if (!python) console.warn('skipped: "PEFT loads what we write" needs TORCH_PYTHON, a Python with torch, transformers and peft');
  it.skipIf(!python)('PEFT loads what we write, and says the logits it said of its own', async () => {
    const folder = join(temporaryFolder(), 'v1');
    await writeAdapter(folder, base, readAdapter(tinyFolder('tiny-llama-lora'), base), { form: {} });
    const { ids, logits } = tinyLogits('tiny-llama-lora');
    const program = `
import json, sys, torch
from peft import PeftModel
from transformers import AutoModelForCausalLM
base = AutoModelForCausalLM.from_pretrained(sys.argv[1], dtype=torch.float32, attn_implementation="eager")
with torch.no_grad(): print(json.dumps(PeftModel.from_pretrained(base, sys.argv[2])(torch.tensor([json.loads(sys.argv[3])])).logits[0].tolist()))`;
    const out = execFileSync(python!, ['-c', program, tinyFolder('tiny-llama'), folder, JSON.stringify(ids)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const theirs = JSON.parse(out.trim().split('\n').at(-1)!) as number[][];
    const worst = Math.max(...theirs.flatMap((row, i) => row.map((value, j) => Math.abs(value - logits[i][j]))));
    expect(worst).toBeLessThan(1e-4);
  });

  it('lays the matrices out block by block, layer by layer, A before B', () => {
    const names = loraMatrices(base.config, { rank: 1, alpha: 1, targets: ['down_proj', 'q_proj'] }).map(({ name }) => name);
    expect(names).toEqual(
      [0, 1].flatMap(i =>
        [`self_attn.q_proj.lora_A`, `self_attn.q_proj.lora_B`, `mlp.down_proj.lora_A`, `mlp.down_proj.lora_B`].map(
          n => `model.layers.${i}.${n}`,
        ),
      ),
    );
  });
});
