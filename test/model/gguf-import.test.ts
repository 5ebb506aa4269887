// Outside truth: the GGUF files were made by the Python package gguf from folders that transformers wrote.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { importGguf } from '../../src/model/gguf-import.ts';
import { readTensor } from '../../src/model/safetensors.ts';
import { openTokenizer } from '../../src/model/tokenizer.ts';
import { Refusal } from '../../src/problem.ts';
import { fixture, readFixture, type TinyModel, temporaryFolder, tinyFolder } from '../support/models.ts';
import { realModel } from '../support/real-model.ts';

/** How far float16 is from float32, as a share of the value. */
const HALF_STEP = 2 ** -11;

describe('importGguf', () => {
  it.each<[TinyModel, number]>([
    ['tiny-llama', 0],
    ['tiny-qwen2-untied', HALF_STEP],
    ['tiny-qwen3', HALF_STEP],
  ])('%s comes back as transformers wrote it', async (name, tolerance) => {
    const folder = join(temporaryFolder(), 'models', name);
    await importGguf(fixture('gguf', `${name}.gguf`), folder);
    const [imported, original] = await Promise.all([openModelFolder(folder), openModelFolder(tinyFolder(name))]);
    expect(imported.config).toEqual(original.config);
    expect(new Set(imported.tensors.keys())).toEqual(new Set(original.tensors.keys()));
    for (const tensor of original.tensors.keys()) {
      const [values, expected] = [readTensor(imported, tensor), readTensor(original, tensor)];
      const wrong = values.findIndex(
        (value, i) => !(Math.abs(value - expected[i]) <= tolerance * Math.abs(expected[i]) + tolerance * 2 ** -14),
      );
      expect(wrong, `${tensor}[${wrong}]`).toBe(-1);
    }
    expect(readdirSync(dirname(folder))).toEqual([name]);
  });

  it.each<TinyModel>(['tiny-llama', 'tiny-qwen2-untied', 'tiny-qwen3'])('the tokenizer of %s says the same', async name => {
    const folder = join(temporaryFolder(), name);
    await importGguf(fixture('gguf', `${name}.gguf`), folder);
    const [imported, original] = await Promise.all([openTokenizer(folder), openTokenizer(tinyFolder(name))]);
    const text = "Don't stop: 12 345 cafés, 你好!\n\n  <|im_start|>user\nHi<|im_end|>";
    expect(imported.encode(text)).toEqual(original.encode(text));
    expect(imported.controlTokens).toEqual(original.controlTokens);
    expect(imported.endOfTurn).toBe(original.endOfTurn);
    const turns = [{ role: 'user' as const, content: 'Hi' }];
    expect(imported.render(turns, { generationPrompt: true })).toBe(original.render(turns, { generationPrompt: true }));
  });

  it('leaves nothing half when it fails', async () => {
    const folder = join(temporaryFolder(), 'model');
    mkdirSync(folder);
    writeFileSync(join(folder, 'mine.txt'), 'in the way');
    await expect(importGguf(fixture('gguf', 'tiny-llama.gguf'), folder)).rejects.toThrow();
    expect(readdirSync(dirname(folder))).toEqual(['model']);
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });

  it('says one sentence about any damage, and never writes a folder that does not open', async () => {
    const whole = readFileSync(fixture('gguf', 'tiny-llama.gguf'));
    const HEAD_BYTES = 7_600;
    const damage = fc.array(fc.tuple(fc.nat(HEAD_BYTES), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 });
    const home = temporaryFolder();
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(damage, async changes => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        writeFileSync(join(home, 'damaged.gguf'), bytes);
        const folder = mkdtempSync(join(home, 'out-'));
        await importGguf(join(home, 'damaged.gguf'), join(folder, 'model')).then(
          () => openModelFolder(join(folder, 'model')),
          (error: unknown) => {
            refused++;
            expect(error).toBeInstanceOf(Refusal);
            expect(readdirSync(folder)).toEqual([]);
          },
        );
      }),
      { numRuns: 100, seed: 3 },
    );
    expect(refused).toBeGreaterThan(50);
  });

  it.each([
    ['architecture', 'llama', 'gemma', { what: 'general.architecture', found: 'gemma' }],
    ['tokenizer', 'gpt2', 'bert', { what: 'tokenizer.ggml.model', found: 'bert', supported: 'gpt2' }],
    ['pre-tokenizer', 'smollm', 'viking', { what: 'tokenizer.ggml.pre', found: 'viking' }],
  ])('refuses another %s', async (_, from, to, values) => {
    const folder = temporaryFolder();
    const bytes = readFileSync(fixture('gguf', 'tiny-llama.gguf'));
    // A string is its length (8 bytes), then its text.
    const at = bytes.indexOf(from) - 8;
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(to.length));
    const file = join(folder, 'other.gguf');
    const changed = Buffer.concat([bytes.subarray(0, at), length, Buffer.from(to), bytes.subarray(at + 8 + from.length)]);
    writeFileSync(file, Buffer.concat([changed, Buffer.alloc(64)]));
    await expect(importGguf(file, join(folder, 'out'))).rejects.toMatchObject({ problem: { code: 'model.ggufUnsupported', values } });
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

const folder = await realModel();

describe.skipIf(!folder)('SmolLM2-135M-Instruct', () => {
  it('every tensor is bit-equal to what transformers and gguf read from the same file', async () => {
    const model = await openModelFolder(folder!);
    const { tensors } = readFixture<{ tensors: Record<string, string> }>('gguf', 'smollm2.json');
    expect(new Set(model.tensors.keys())).toEqual(new Set(Object.keys(tensors)));
    for (const [name, sum] of Object.entries(tensors)) {
      const values = readTensor(model, name);
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(sum);
    }
  });

  it('has the shape that its makers name', async () => {
    expect((await openModelFolder(folder!)).config).toEqual({
      type: 'llama',
      hidden: 576,
      layers: 30,
      heads: 9,
      kvHeads: 3,
      headDim: 64,
      intermediate: 1536,
      vocab: 49_152,
      ropeTheta: 100_000,
      rmsNormEps: 1e-5,
      maxPositions: 8192,
      tied: true,
      qkvBias: false,
      qkNorm: false,
    });
  });
});
