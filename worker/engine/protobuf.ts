// A write-only protobuf encoder, enough for ONNX's ModelProto. A message is the concatenation of its fields' bytes.
// https://protobuf.dev/programming-guides/encoding/

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;
const utf8 = new TextEncoder();

/** An int32, int64, bool or enum field; negative numbers take ten bytes, as protobuf wants. */
export const int = (field: number, value: number): Uint8Array => Uint8Array.from([...tag(field, VARINT), ...varint(value)]);

/** A float (32 bit) field. */
export function float(field: number, value: number): Uint8Array {
  return join([Uint8Array.from(tag(field, FIXED_32)), new Uint8Array(Float32Array.of(value).buffer)]);
}

/** A bytes field, or an embedded message that is already encoded. */
export function bytes(field: number, value: Uint8Array): Uint8Array {
  return join([Uint8Array.from([...tag(field, LENGTH_DELIMITED), ...varint(value.length)]), value]);
}

export const string = (field: number, value: string): Uint8Array => bytes(field, utf8.encode(value));

/** An embedded message made of `fields`. */
export const message = (field: number, fields: Uint8Array[]): Uint8Array => bytes(field, join(fields));

/** The fields one after the other: a whole message. */
export function join(fields: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(fields.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of fields) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const tag = (field: number, wireType: number): number[] => varint(field * 8 + wireType);

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80);
  out.push(Number(rest));
  return out;
}
