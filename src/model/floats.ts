// Half-width floating point numbers as float32. Exact: every float16 and bfloat16 value is a float32 value.
import type { TensorType } from './model.ts';

export const BYTES: Record<TensorType, number> = { float32: 4, float16: 2, bfloat16: 2 };

/** IEEE 754 binary16 by its bit pattern. */
export const HALF: Float32Array = Float32Array.from({ length: 1 << 16 }, (_, bits) => {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
});

/** Little-endian numbers of `type` as float32; float32 numbers that lie at a multiple of 4 are not copied. */
export function toFloat32(bytes: Uint8Array, type: TensorType): Float32Array {
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % BYTES[type] === 0 ? bytes : new Uint8Array(bytes);
  if (type === 'float32') return new Float32Array(buffer, byteOffset, byteLength / 4);
  const words = new Uint16Array(buffer, byteOffset, byteLength / 2);
  if (type === 'float16') return Float32Array.from(words, word => HALF[word]);
  return new Float32Array(Uint32Array.from(words, word => word << 16).buffer); // bfloat16 is the upper half of a float32
}
