import { expect, test } from 'vitest';
import { bytes, float, int, join, message, string } from '../../worker/engine/protobuf.ts';

// The examples of https://protobuf.dev/programming-guides/encoding/
test('fields are encoded as the protobuf guide shows them', () => {
  expect([...int(1, 150)]).toEqual([0x08, 0x96, 0x01]);
  expect([...string(2, 'testing')]).toEqual([0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
  expect([...message(3, [int(1, 150)])]).toEqual([0x1a, 0x03, 0x08, 0x96, 0x01]);
});

test('a negative number takes ten bytes, a large one its 7-bit groups', () => {
  expect([...int(1, -1)]).toEqual([0x08, ...Array(9).fill(0xff), 0x01]);
  expect([...int(16, 2 ** 40)]).toEqual([0x80, 0x01, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20]);
});

test('floats are 32 bits, little-endian', () => {
  expect([...float(2, 1)]).toEqual([0x15, 0, 0, 0x80, 0x3f]);
});

test('a message is its fields one after the other', () => {
  expect([...join([int(1, 1), bytes(2, new Uint8Array([9]))])]).toEqual([0x08, 0x01, 0x12, 0x01, 0x09]);
});
