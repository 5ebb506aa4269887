import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { readTensor } from '../../src/model/safetensors.ts';
import { copyOf, editJson, readFixture, temporaryFolder, tinyFolder } from '../support/models.ts';

const sums = readFixture<{ sha256: Record<string, string> }>('models', 'about.json').sha256;
const code = (name: string, values: object = {}) =>
  expect.objectContaining({ problem: { code: name, values: expect.objectContaining(values) } });

describe('openModelFolder', () => {
  it('reads what transformers 5 writes for Llama, Qwen2 and Qwen3', async () => {
    const llama = await openModelFolder(tinyFolder('tiny-llama'));
    expect(llama.config).toEqual({
      type: 'llama',
      hidden: 32,
      layers: 2,
      heads: 4,
      kvHeads: 2,
      headDim: 16,
      intermediate: 64,
      vocab: 320,
      ropeTheta: 10_000,
      rmsNormEps: 1e-5,
      maxPositions: 512,
      tied: true,
      qkvBias: false,
      qkNorm: false,
    });
    expect(llama.fingerprint).toBe(sums['tiny-llama/model.safetensors']);
    const { config: qwen2 } = await openModelFolder(tinyFolder('tiny-qwen2'));
    expect(qwen2).toMatchObject({
      type: 'qwen2',
      heads: 2,
      kvHeads: 1,
      headDim: 16,
      ropeTheta: 1_000_000,
      qkvBias: true,
      qkNorm: false,
      tied: true,
    });
    const { config: qwen3 } = await openModelFolder(tinyFolder('tiny-qwen3'));
    expect(qwen3).toMatchObject({ type: 'qwen3', heads: 4, kvHeads: 2, headDim: 16, qkvBias: false, qkNorm: true });
  });

  it('reads what transformers 4 writes', async () => {
    const folder = copyOf('tiny-qwen2');
    editJson(join(folder, 'config.json'), { rope_parameters: undefined, rope_theta: 777, rope_scaling: null });
    expect((await openModelFolder(folder)).config.ropeTheta).toBe(777);
  });

  it('reads shards, and names them by all of their sums', async () => {
    const model = await openModelFolder(tinyFolder('tiny-qwen2-untied'));
    expect(new Set([...model.tensors.values()].map(({ file }) => file)).size).toBe(2);
    expect(model.config.tied).toBe(false);
    expect(readTensor(model, 'lm_head.weight')).toHaveLength(320 * 32);
    const shards = [1, 2].map(n => sums[`tiny-qwen2-untied/model-0000${n}-of-00002.safetensors`]);
    expect(model.fingerprint).toBe(createHash('sha256').update(shards.join('\n')).digest('hex'));
  });

  it('reads bfloat16 exactly', async () => {
    const [half, full] = await Promise.all([openModelFolder(tinyFolder('tiny-llama-bf16')), openModelFolder(tinyFolder('tiny-llama'))]);
    const name = 'model.layers.1.mlp.down_proj.weight';
    expect(half.tensors.get(name)).toMatchObject({ type: 'bfloat16', shape: [32, 64], length: 2 * 32 * 64 });
    const bytes = readFileSync(join(half.folder, 'model.safetensors'));
    const { offset } = half.tensors.get(name)!;
    const expected = Float32Array.from({ length: 32 * 64 }, (_, i) => {
      const word = Buffer.alloc(4);
      bytes.copy(word, 2, offset + 2 * i, offset + 2 * i + 2);
      return word.readFloatLE();
    });
    expect(readTensor(half, name)).toEqual(expected);
    expect(half.fingerprint).not.toBe(full.fingerprint);
  });

  it('finds where the files really lie: a Hugging Face cache is made of links to another folder', async () => {
    const cache = temporaryFolder();
    const snapshot = join(cache, 'snapshots', 'abc');
    const blobs = join(cache, 'blobs');
    mkdirSync(snapshot, { recursive: true });
    mkdirSync(blobs);
    const files = ['config.json', 'model.safetensors.index.json', 'model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
    files.forEach((file, i) => {
      cpSync(join(tinyFolder('tiny-qwen2-untied'), file), join(blobs, `sum${i}`));
      symlinkSync(`../../blobs/sum${i}`, join(snapshot, file));
    });
    const model = await openModelFolder(snapshot);
    expect(model.folder).toBe(blobs);
    expect(new Set([...model.tensors.values()].map(({ file }) => file))).toEqual(new Set(['sum2', 'sum3']));
    expect(readTensor(model, 'model.norm.weight')).toEqual(
      readTensor(await openModelFolder(tinyFolder('tiny-qwen2-untied')), 'model.norm.weight'),
    );
  });

  it.each([
    ['model_type', { model_type: 'gemma' }, { what: 'model_type', found: 'gemma', supported: 'llama, qwen2, qwen3' }],
    ['rope scaling of transformers 4', { rope_scaling: { type: 'linear', factor: 2 } }, { what: 'rope_type', found: 'linear' }],
    ['rope scaling of transformers 5', { rope_parameters: { rope_type: 'llama3', rope_theta: 1 } }, { what: 'rope_type', found: 'llama3' }],
    ['activation', { hidden_act: 'gelu' }, { what: 'hidden_act', found: 'gelu' }],
    ['MLP bias', { mlp_bias: true }, { what: 'mlp_bias' }],
    ['attention bias', { attention_bias: true }, { what: 'attention_bias' }],
    ['sliding window', { use_sliding_window: true }, { what: 'use_sliding_window' }],
    ['quantised weights', { quantization_config: { quant_method: 'gptq' } }, { what: 'quantization_config' }],
    ['head counts', { num_key_value_heads: 3 }, { what: 'num_key_value_heads', found: '3' }],
  ])('refuses another %s', async (_, change, values) => {
    const folder = copyOf('tiny-llama');
    editJson(join(folder, 'config.json'), change);
    await expect(openModelFolder(folder)).rejects.toEqual(code('model.unsupported', values));
  });

  it('says what is missing, damaged or of another shape', async () => {
    await expect(openModelFolder('/no/such/model')).rejects.toEqual(code('model.folderMissing', { folder: '/no/such/model' }));

    const noWeights = copyOf('tiny-llama');
    rmSync(join(noWeights, 'model.safetensors'));
    await expect(openModelFolder(noWeights)).rejects.toEqual(code('model.fileMissing', { file: 'model.safetensors' }));

    const noShard = copyOf('tiny-qwen2-untied');
    rmSync(join(noShard, 'model-00002-of-00002.safetensors'));
    await expect(openModelFolder(noShard)).rejects.toEqual(code('model.fileMissing', { file: 'model-00002-of-00002.safetensors' }));

    const noJson = copyOf('tiny-llama');
    writeFileSync(join(noJson, 'config.json'), '{"model_type": "lla');
    await expect(openModelFolder(noJson)).rejects.toEqual(code('model.jsonDamaged', { file: 'config.json' }));

    const wrong = copyOf('tiny-llama');
    editJson(join(wrong, 'config.json'), { hidden_size: 'big' });
    await expect(openModelFolder(wrong)).rejects.toEqual(code('model.configWrong', { key: 'hidden_size' }));

    const wider = copyOf('tiny-llama');
    editJson(join(wider, 'config.json'), { intermediate_size: 128 });
    await expect(openModelFolder(wider)).rejects.toEqual(code('model.tensorShape', { found: '64×32', expected: '128×32' }));

    const deeper = copyOf('tiny-llama');
    editJson(join(deeper, 'config.json'), { num_hidden_layers: 3 });
    await expect(openModelFolder(deeper)).rejects.toEqual(code('model.tensorMissing', { tensor: 'model.layers.2.input_layernorm.weight' }));

    const shallower = copyOf('tiny-llama');
    editJson(join(shallower, 'config.json'), { num_hidden_layers: 1 });
    await expect(openModelFolder(shallower)).rejects.toEqual(code('model.tensorUnknown', { type: 'llama' }));
  });

  it('refuses a truncated safetensors file and one whose header makes no sense', async () => {
    const cut = copyOf('tiny-llama');
    const weights = join(cut, 'model.safetensors');
    truncateSync(weights, 100_000);
    await expect(openModelFolder(cut)).rejects.toEqual(code('model.truncated', { bytes: 100_000 }));
    truncateSync(weights, 500); // in the header
    await expect(openModelFolder(cut)).rejects.toEqual(code('model.safetensorsDamaged'));
    truncateSync(weights, 4);
    await expect(openModelFolder(cut)).rejects.toEqual(code('model.safetensorsDamaged'));
    for (const header of [
      '[]',
      '{"a":1}',
      '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}',
      '{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}',
    ]) {
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(header.length));
      writeFileSync(weights, Buffer.concat([length, Buffer.from(header), Buffer.alloc(8)]));
      await expect(openModelFolder(cut), header).rejects.toEqual(code('model.safetensorsDamaged'));
    }
  });
});
