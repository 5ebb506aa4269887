// Writes GGUF files for the comparison with llama.cpp: metadata, then tensors in Q8_0 or F32.
// https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
import { closeSync, openSync, writeSync } from 'node:fs';

export type GgufValue = { u32: number } | { f32: number } | { string: string } | { strings: string[] } | { i32s: number[] };
/** `shape` is row-major, [rows, columns]; one number is a vector. */
export type GgufSource = { name: string; shape: number[]; type: 'F32' | 'Q8_0'; read(): Float32Array };

const ALIGNMENT = 32;
const TYPE_IDS = { F32: 0, Q8_0: 8 };
const BLOCK = 32;
/** A float16 scale and 32 bytes. */
const BLOCK_BYTES = 34;

export function writeGguf(path: string, metadata: Record<string, GgufValue>, tensors: GgufSource[]): void {
  const file = openSync(path, 'w');
  try {
    let offset = 0;
    const infos = tensors.map(({ name, shape, type }) => {
      const at = offset;
      offset = aligned(offset + bytesOf(shape, type));
      return [text(name), u32(shape.length), ...shape.toReversed().map(u64), u32(TYPE_IDS[type]), u64(at)];
    });
    const entries = Object.entries(metadata).map(([key, value]) => [text(key), ...encoded(value)]);
    const head = Buffer.concat([Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(entries.length), ...entries.flat(), ...infos.flat()]);
    const start = aligned(head.length);
    writeSync(file, head, 0, head.length, 0);
    let at = start;
    for (const { shape, type, read } of tensors) {
      const values = read();
      const bytes = type === 'F32' ? Buffer.from(values.buffer, values.byteOffset, values.byteLength) : q8(values);
      writeSync(file, bytes, 0, bytes.length, at);
      at = aligned(at + bytesOf(shape, type));
    }
  } finally {
    closeSync(file);
  }
}

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

function bytesOf(shape: number[], type: GgufSource['type']): number {
  const values = shape.reduce((product, n) => product * n, 1);
  return type === 'F32' ? 4 * values : (values / BLOCK) * BLOCK_BYTES;
}

function q8(values: Float32Array): Buffer {
  const out = Buffer.alloc((values.length / BLOCK) * BLOCK_BYTES);
  for (let block = 0; block < values.length / BLOCK; block++) {
    const weights = values.subarray(block * BLOCK, (block + 1) * BLOCK);
    const scale = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) / 127;
    out.writeUInt16LE(half(scale), block * BLOCK_BYTES);
    weights.forEach((weight, i) => void out.writeInt8(scale ? Math.round(weight / scale) : 0, block * BLOCK_BYTES + 2 + i));
  }
  return out;
}

/** float16 bits of a small positive number, rounded to nearest. */
function half(value: number): number {
  if (value < 2 ** -14) return Math.round(value * 2 ** 24);
  const exponent = Math.floor(Math.log2(value));
  return Math.round((value / 2 ** exponent - 1) * 1024) + ((exponent + 15) << 10);
}

function encoded(value: GgufValue): Buffer[] {
  if ('u32' in value) return [u32(4), u32(value.u32)];
  if ('f32' in value) return [u32(6), Buffer.from(Float32Array.of(value.f32).buffer)];
  if ('string' in value) return [u32(8), text(value.string)];
  if ('strings' in value) return [u32(9), u32(8), u64(value.strings.length), ...value.strings.map(text)];
  return [u32(9), u32(5), u64(value.i32s.length), Buffer.from(Int32Array.from(value.i32s).buffer)];
}

const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
const u64 = (value: number): Buffer => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
const text = (value: string): Buffer => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);
