// GGUF files: metadata, the list of tensors (@huggingface/gguf parses both) and a tensor's numbers as float32.
import { closeSync, openSync, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { GGMLQuantizationType, gguf } from '@huggingface/gguf';
import { Refusal } from '../problem.ts';
import { BLOCKS, type BlockType, blockBytes, dequantize } from './gguf-blocks.ts';

/** `shape` is row-major, outermost first (GGUF itself has the innermost dimension first); `offset` is from the file's beginning. */
export type GgufTensor = { name: string; type: BlockType; shape: number[]; offset: number; bytes: number };
export type Gguf = { path: string; metadata: Map<string, unknown>; tensors: GgufTensor[] };

/**
 * Reads a file's head. Throws a Refusal when there is no file, when it is damaged or cut off (also behind the head), big-endian, or when
 * a tensor is of a type that we cannot decode.
 */
export async function openGguf(path: string): Promise<Gguf> {
  const file = basename(path);
  const { size } = await stat(path).catch((cause: unknown) => {
    throw new Refusal('model.ggufMissing', { file: path }, { cause });
  });
  const head = await gguf(path, { allowLocalFile: true }).catch((cause: unknown) => {
    throw new Refusal('model.ggufDamaged', { file, why: cause instanceof Error ? cause.message : String(cause) }, { cause });
  });
  if (!head.littleEndian)
    throw new Refusal('model.ggufUnsupported', { file, what: 'byte order', found: 'big-endian', supported: 'little-endian' });

  const start = Number(head.tensorDataOffset);
  const tensors = head.tensorInfos.map(({ name, dtype, shape, offset }): GgufTensor => {
    const type = GGMLQuantizationType[dtype] ?? `number ${dtype}`;
    if (!Object.hasOwn(BLOCKS, type))
      throw new Refusal('model.ggufTensorType', { file, tensor: name, found: type, supported: Object.keys(BLOCKS).join(', ') });
    const rows = shape.map(Number).reverse();
    const bytes = blockBytes(
      type as BlockType,
      rows.reduce((product, n) => product * n, 1),
    );
    if (!Number.isSafeInteger(bytes)) throw new Refusal('model.ggufDamaged', { file, why: `tensor ${name} of shape ${rows.join('×')}` });
    return { name, type: type as BlockType, shape: rows, offset: start + Number(offset), bytes };
  });
  // The parser reads zeros behind the end of a file, so a cut in the head shows here too.
  const end = Math.max(start, ...tensors.map(({ offset, bytes }) => offset + bytes));
  if (end > size) throw new Refusal('model.truncated', { file, bytes: size, expected: end });
  return { path, metadata: new Map(Object.entries(head.metadata)), tensors };
}

/** One tensor's numbers, row-major. */
export function readGgufTensor({ path }: Pick<Gguf, 'path'>, { type, shape, offset, bytes }: GgufTensor): Float32Array {
  const data = new Uint8Array(bytes);
  const file = openSync(path, 'r');
  try {
    // One call reads 2 GiB at most.
    for (let at = 0; at < bytes; ) {
      const got = readSync(file, data, at, Math.min(bytes - at, 1 << 30), offset + at);
      if (got === 0) throw new Refusal('model.truncated', { file: basename(path), bytes: offset + at, expected: offset + bytes });
      at += got;
    }
  } finally {
    closeSync(file);
  }
  const out = new Float32Array(shape.reduce((product, n) => product * n, 1));
  dequantize(type, data, out);
  return out;
}
