import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HALF, toFloat32 } from '../../src/model/floats.ts';
import { readFloats, readHeader, writeSafetensors } from '../../src/model/safetensors.ts';
import { temporaryFolder, tinyFolder } from '../support/models.ts';

describe('safetensors', () => {
  it('writes what transformers wrote: same names, shapes and bytes, with the numbers at a multiple of 64', async () => {
    const original = join(tinyFolder('tiny-llama'), 'model.safetensors');
    const copy = join(temporaryFolder(), 'copy.safetensors');
    const header = readHeader(original);
    const heard: number[] = [];
    await writeSafetensors(
      copy,
      [...header].map(([name, info]) => ({ name, shape: info.shape, read: () => readFloats(original, info) })),
      (done, total) => heard.push(done / total),
    );
    const written = readHeader(copy);
    expect([...written.keys()]).toEqual([...header.keys()]);
    const [before, after] = [readFileSync(original), readFileSync(copy)];
    for (const [name, info] of header) {
      const { offset, length, shape } = written.get(name)!;
      expect(shape).toEqual(info.shape);
      expect(after.subarray(offset, offset + length).equals(before.subarray(info.offset, info.offset + info.length)), name).toBe(true);
    }
    expect(Math.min(...[...written.values()].map(({ offset }) => offset)) % 64).toBe(0);
    expect(heard).toHaveLength(header.size);
    expect(heard.at(-1)).toBe(1);
  });

  it.skipIf(!existsSync('/dev/full'))('says how much room is needed when the disk is full', async () => {
    const writing = writeSafetensors('/dev/full', [{ name: 'a', shape: [1_000_000], read: () => new Float32Array(1_000_000) }]);
    await expect(writing).rejects.toMatchObject({ problem: { code: 'model.diskFull', values: { megabytes: 4 } } });
  });
});

describe('half precision', () => {
  it('is IEEE 754 binary16', () => {
    const known: [number, number][] = [
      [0x3c00, 1],
      [0xc000, -2],
      [0x7bff, 65504],
      [0x0001, 2 ** -24],
      [0x0400, 2 ** -14],
      [0x3555, 0.333251953125],
      [0x7c00, Infinity],
      [0xfc00, -Infinity],
    ];
    for (const [bits, value] of known) expect(HALF[bits]).toBe(value);
    expect(HALF[0x7e00]).toBeNaN();
    expect(Object.is(HALF[0x8000], -0)).toBe(true);
  });

  it('is read at any place, aligned or not', () => {
    const bytes = Uint8Array.of(9, 0x00, 0x3c, 0x00, 0xc0);
    expect([...toFloat32(bytes.subarray(1), 'float16')]).toEqual([1, -2]);
    expect([...toFloat32(Uint8Array.of(9, 0x80, 0x3f, 0x20, 0xc1).subarray(1), 'bfloat16')]).toEqual([1, -10]);
    expect([...toFloat32(Uint8Array.of(9, 0, 0, 0x80, 0x3f).subarray(1), 'float32')]).toEqual([1]);
  });
});
