// Outside truth: the Python package gguf (test/fixtures/make/gguf_files.py).
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGguf, readGgufTensor } from '../../src/model/gguf.ts';
import { BLOCKS } from '../../src/model/gguf-blocks.ts';
import { fixture, temporaryFolder } from '../support/models.ts';

const blocks = fixture('gguf', 'blocks.gguf');
const expected = readFileSync(fixture('gguf', 'blocks.f32'));
const VALUES = 1024;

describe('GGUF', () => {
  it.each(Object.keys(BLOCKS).map((type, i) => [type, i] as const))('%s is bit-equal to the Python package', async (type, i) => {
    const gguf = await openGguf(blocks);
    const tensor = gguf.tensors[i];
    expect(tensor).toMatchObject({ name: type, type, shape: [2, 512] });
    const values = readGgufTensor(gguf, tensor);
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const reference = expected.subarray(4 * VALUES * i, 4 * VALUES * (i + 1));
    const different = values.findIndex((_, at) => bytes.readUInt32LE(4 * at) !== reference.readUInt32LE(4 * at));
    expect(different < 0 ? 'equal' : `value ${different}: ${values[different]} instead of ${reference.readFloatLE(4 * different)}`).toBe(
      'equal',
    );
  });

  it('refuses a file that is missing, no GGUF, or cut off anywhere', async () => {
    await expect(openGguf('/no/such.gguf')).rejects.toMatchObject({ problem: { code: 'model.ggufMissing' } });
    const file = join(temporaryFolder(), 'cut.gguf');
    const whole = readFileSync(fixture('gguf', 'tiny-llama.gguf'));
    writeFileSync(file, 'GGML, not GGUF');
    await expect(openGguf(file)).rejects.toMatchObject({ problem: { code: 'model.ggufDamaged' } });
    for (const bytes of [0, 3, 10, 30, 500, 3_000, 6_000, 100_000, whole.length - 1]) {
      writeFileSync(file, whole);
      truncateSync(file, bytes);
      await expect(openGguf(file), `${bytes} bytes`).rejects.toMatchObject({
        problem: { code: expect.stringMatching(/^model\.(ggufDamaged|truncated)$/) },
      });
    }
  });

  it('names the type and the tensor that it cannot decode', async () => {
    const bytes = readFileSync(blocks);
    const at = bytes.indexOf('Q4_K') + 'Q4_K'.length + 4 + 2 * 8; // name, number of dimensions, two dimensions
    const Q2_K = 10;
    expect(bytes.readUInt32LE(at)).toBe(12);
    bytes.writeUInt32LE(Q2_K, at);
    const file = join(temporaryFolder(), 'q2.gguf');
    writeFileSync(file, bytes);
    await expect(openGguf(file)).rejects.toMatchObject({
      problem: { code: 'model.ggufTensorType', values: { tensor: 'Q4_K', found: 'Q2_K', supported: expect.stringContaining('Q6_K') } },
    });
    bytes.writeUInt32LE(999, at);
    writeFileSync(file, bytes);
    await expect(openGguf(file)).rejects.toMatchObject({ problem: { code: 'model.ggufTensorType', values: { found: 'number 999' } } });
  });
});
