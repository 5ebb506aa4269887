// *.safetensors files: 8 bytes of header length, a JSON header (name → type, shape, place), then the numbers.
// https://github.com/huggingface/safetensors#format
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../problem.ts';
import { orDiskFull } from './disk.ts';
import { BYTES, toFloat32 } from './floats.ts';
import type { ModelFolder, TensorInfo, TensorType } from './model.ts';

const TYPES: Record<string, TensorType> = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' };
/** The format's own limit. */
const LONGEST_HEADER_BYTES = 100_000_000;
/** Numbers that begin at a multiple of this can be used straight from a memory mapping. */
const ALIGNMENT_BYTES = 64;

const Entry = z.object({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});

/**
 * The tensors of one file, by name. Throws a Refusal when the file is no safetensors file, is cut off, or holds a type
 * other than F32, F16 and BF16.
 */
export function readHeader(path: string): Map<string, TensorInfo> {
  const file = openSync(path, 'r');
  try {
    const size = fstatSync(file).size;
    const { entries, start } = headerOf(file, size, path);
    return new Map(entries.map(([name, entry]) => [name, tensorInfo(path, name, entry, start, size)]));
  } finally {
    closeSync(file);
  }
}

function headerOf(file: number, size: number, path: string): { entries: [string, unknown][]; start: number } {
  const damaged = (cause?: unknown) => new Refusal('model.safetensorsDamaged', { file: basename(path) }, { cause });
  const length = Buffer.alloc(8);
  if (readSync(file, length, 0, 8, 0) < 8) throw damaged();
  const bytes = Number(length.readBigUInt64LE());
  if (bytes < 2 || bytes > LONGEST_HEADER_BYTES || 8 + bytes > size) throw damaged();
  const json = Buffer.alloc(bytes);
  if (readSync(file, json, 0, bytes, 8) < bytes) throw damaged();
  try {
    const header = z.record(z.string(), z.unknown()).parse(JSON.parse(json.toString('utf8')));
    return { entries: Object.entries(header).filter(([name]) => name !== '__metadata__'), start: 8 + bytes };
  } catch (cause) {
    throw damaged(cause);
  }
}

function tensorInfo(path: string, name: string, entry: unknown, start: number, size: number): TensorInfo {
  const parsed = Entry.safeParse(entry);
  if (!parsed.success) throw new Refusal('model.safetensorsDamaged', { file: basename(path) }, { cause: parsed.error });
  const { dtype, shape, data_offsets } = parsed.data;
  const type = TYPES[dtype];
  if (!type)
    throw new Refusal('model.tensorType', { file: basename(path), tensor: name, found: dtype, supported: Object.keys(TYPES).join(', ') });
  const [from, to] = data_offsets;
  const expected = BYTES[type] * shape.reduce((product, n) => product * n, 1);
  if (to - from !== expected) throw new Refusal('model.safetensorsDamaged', { file: basename(path) });
  if (start + to > size) throw new Refusal('model.truncated', { file: basename(path), bytes: size, expected: start + to });
  return { type, shape, file: basename(path), offset: start + from, length: expected };
}

/** One tensor of a model as float32, read from its file. Row-major, as `tensors` gives its shape. */
export function readTensor(model: Pick<ModelFolder, 'folder' | 'tensors'>, name: string): Float32Array {
  const info = model.tensors.get(name);
  if (!info) throw new Refusal('model.tensorMissing', { tensor: name, folder: model.folder });
  return readFloats(join(model.folder, info.file), info);
}

/** The numbers that `info` points at in the file `path`, as float32. */
export function readFloats(path: string, info: TensorInfo): Float32Array {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(info.length);
    // One call reads 2 GiB at most.
    for (let at = 0; at < info.length; ) {
      const got = readSync(file, bytes, at, Math.min(info.length - at, 1 << 30), info.offset + at);
      if (got === 0)
        throw new Refusal('model.truncated', { file: basename(path), bytes: info.offset + at, expected: info.offset + info.length });
      at += got;
    }
    return toFloat32(bytes, info.type);
  } finally {
    closeSync(file);
  }
}

/** A tensor to write; `read` is called when its turn comes, so that only one is in memory. */
export type TensorSource = { name: string; shape: number[]; read(): Float32Array };

/** Writes a float32 file and flushes it to the disk; `onTensor` hears the bytes written so far and in all. Refusal when the disk is full. */
export async function writeSafetensors(
  path: string,
  tensors: TensorSource[],
  onTensor?: (done: number, total: number) => void,
): Promise<void> {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let end = 0;
  for (const { name, shape } of tensors) {
    const start = end;
    end += 4 * shape.reduce((product, n) => product * n, 1);
    header[name] = { dtype: 'F32', shape, data_offsets: [start, end] };
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Math.ceil((8 + json.length) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES - 8;
  const head = Buffer.alloc(8 + length, ' ');
  head.writeBigUInt64LE(BigInt(length));
  json.copy(head, 8);

  const file = await open(path, 'w');
  try {
    await file.writeFile(head);
    let done = 0;
    for (const { read } of tensors) {
      const floats = read();
      await file.writeFile(new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength));
      onTensor?.((done += floats.byteLength), end);
    }
    await file.sync();
  } catch (error) {
    throw orDiskFull(error, dirname(path), end);
  } finally {
    await file.close();
  }
}
