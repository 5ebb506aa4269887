// De-quantisation: the block formats of GGUF files → float32.
// Bit-equal to the reference (the Python package `gguf`, float32 arithmetic): a product of a half-precision scale and an integer code
// fits into float32's 24 bits, and one sum or difference of two float32 values that is computed as a double and then stored as
// float32 is rounded as if it had been computed in float32 (a double has more than twice the bits; Figueroa 1995).
// The layouts are those of ggml-common.h.
import { HALF } from './floats.ts';

/** `values` numbers lie in `bytes` bytes; `decode` takes the block at `at` of `b` apart into `out` from index `to` on. */
type BlockFormat = { values: number; bytes: number; decode(b: DataView, at: number, out: Float32Array, to: number): void };

const half = (b: DataView, at: number): number => HALF[b.getUint16(at, true)];

/** 32 four-bit codes: the low halves of 16 bytes, then their high halves. */
const nibble = (b: DataView, at: number, i: number): number => (i < 16 ? b.getUint8(at + i) & 15 : b.getUint8(at + i - 16) >> 4);

/** Q4_K and Q5_K pack eight six-bit scales and eight six-bit minimums into 12 bytes. */
function scaleAndMin(b: DataView, at: number, j: number): [scale: number, min: number] {
  const byte = (i: number) => b.getUint8(at + i);
  if (j < 4) return [byte(j) & 63, byte(j + 4) & 63];
  return [(byte(j + 4) & 15) | ((byte(j - 4) >> 2) & 48), (byte(j + 4) >> 4) | ((byte(j) >> 2) & 48)];
}

/** Eight groups of 32: `code` gives the value's integer, the block's head its scales. */
function groupsOf32(b: DataView, at: number, out: Float32Array, to: number, code: (group: number, i: number) => number): void {
  const d = half(b, at);
  const dmin = half(b, at + 2);
  for (let group = 0; group < 8; group++) {
    const [scale, min] = scaleAndMin(b, at + 4, group);
    for (let i = 0; i < 32; i++) out[to + 32 * group + i] = d * scale * code(group, i) - dmin * min;
  }
}
/** Q4_K and Q5_K: the low halves of 32 bytes are an even group, their high halves the odd one behind it. */
const nibbleOfGroup = (b: DataView, at: number, group: number, i: number): number =>
  (b.getUint8(at + (group >> 1) * 32 + i) >> (4 * (group & 1))) & 15;

export const BLOCKS = {
  F32: { values: 1, bytes: 4, decode: (b, at, out, to) => (out[to] = b.getFloat32(at, true)) },
  F16: { values: 1, bytes: 2, decode: (b, at, out, to) => (out[to] = half(b, at)) },
  BF16: { values: 1, bytes: 2, decode: (b, at, out, to) => (out[to] = bfloat(b.getUint16(at, true))) },
  Q8_0: {
    values: 32,
    bytes: 34,
    decode(b, at, out, to) {
      const d = half(b, at);
      for (let i = 0; i < 32; i++) out[to + i] = d * b.getInt8(at + 2 + i);
    },
  },
  Q4_0: {
    values: 32,
    bytes: 18,
    decode(b, at, out, to) {
      const d = half(b, at);
      for (let i = 0; i < 32; i++) out[to + i] = d * (nibble(b, at + 2, i) - 8);
    },
  },
  Q4_1: {
    values: 32,
    bytes: 20,
    decode(b, at, out, to) {
      const d = half(b, at);
      const min = half(b, at + 2);
      for (let i = 0; i < 32; i++) out[to + i] = d * nibble(b, at + 4, i) + min;
    },
  },
  Q5_0: {
    values: 32,
    bytes: 22,
    decode(b, at, out, to) {
      const d = half(b, at);
      const fifth = b.getUint32(at + 2, true);
      for (let i = 0; i < 32; i++) out[to + i] = d * ((nibble(b, at + 6, i) | (((fifth >>> i) & 1) << 4)) - 16);
    },
  },
  Q5_1: {
    values: 32,
    bytes: 24,
    decode(b, at, out, to) {
      const d = half(b, at);
      const min = half(b, at + 2);
      const fifth = b.getUint32(at + 4, true);
      for (let i = 0; i < 32; i++) out[to + i] = d * (nibble(b, at + 8, i) | (((fifth >>> i) & 1) << 4)) + min;
    },
  },
  // d, dmin, 12 bytes of scales, 128 bytes of codes
  Q4_K: {
    values: 256,
    bytes: 144,
    decode: (b, at, out, to) => groupsOf32(b, at, out, to, (group, i) => nibbleOfGroup(b, at + 16, group, i)),
  },
  // d, dmin, 12 bytes of scales, 32 bytes of fifth bits (one bit a group), 128 bytes of codes
  Q5_K: {
    values: 256,
    bytes: 176,
    decode: (b, at, out, to) =>
      groupsOf32(b, at, out, to, (group, i) => nibbleOfGroup(b, at + 48, group, i) | (((b.getUint8(at + 16 + i) >> group) & 1) << 4)),
  },
  // 128 bytes of low four bits, 64 bytes of high two bits, 16 signed scales, d
  Q6_K: {
    values: 256,
    bytes: 210,
    decode(b, at, out, to) {
      const d = half(b, at + 208);
      for (let v = 0; v < 256; v++) {
        const part = v >> 7; // two halves of the block …
        const group = (v >> 5) & 3; // … of four groups of 32
        const i = v & 31;
        const low = (b.getUint8(at + part * 64 + (group & 1) * 32 + i) >> (4 * (group >> 1))) & 15;
        const high = (b.getUint8(at + 128 + part * 32 + i) >> (2 * group)) & 3;
        out[to + v] = d * b.getInt8(at + 192 + (v >> 4)) * ((low | (high << 4)) - 32);
      }
    },
  },
} satisfies Record<string, BlockFormat>;

export type BlockType = keyof typeof BLOCKS;

/** Bytes of `values` numbers in a format; not whole when they do not fill their blocks. */
export const blockBytes = (type: BlockType, values: number): number => (values / BLOCKS[type].values) * BLOCKS[type].bytes;

/** As many blocks of `data` as fill `out`. */
export function dequantize(type: BlockType, data: Uint8Array, out: Float32Array): void {
  const { values, bytes, decode }: BlockFormat = BLOCKS[type];
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let to = 0, at = 0; to < out.length; to += values, at += bytes) decode(view, at, out, to);
}

const word = new Uint32Array(1);
const asFloat = new Float32Array(word.buffer);
function bfloat(bits: number): number {
  word[0] = bits << 16;
  return asFloat[0];
}
