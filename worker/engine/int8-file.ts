// The file that holds a base's quantised weights: made once from its safetensors, kept beside them under the base's fingerprint.
import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelFolder } from '../../src/model/model.ts';
import { readTensor } from '../../src/model/safetensors.ts';
import { Refusal } from '../../src/problem.ts';
import { type Int8Layout, int8Layout, quantise } from './int8.ts';

export type Int8File = { file: string; layout: Int8Layout };

/**
 * The quantised file of `model`, by its base name inside the model's folder. The first call writes it (some seconds, a quarter of the
 * size of the float32 weights); it appears whole or not at all. Refused where it cannot be written.
 */
export async function int8File(model: ModelFolder): Promise<Int8File> {
  const layout = int8Layout(model.config);
  const file = `int8-${model.fingerprint.slice(0, 16)}.bin`;
  const path = join(model.folder, file);
  const bytes = await stat(path).then(
    found => found.size,
    () => undefined,
  );
  if (bytes !== layout.bytes) await write(model, layout, path);
  return { file, layout };
}

async function write(model: ModelFolder, layout: Int8Layout, path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(draft, 'wx');
    try {
      for (const matrix of layout.matrices.values()) {
        // A group's tensors follow each other row by row, so their quants and scales do too.
        let { offset: quantsAt } = matrix.quants;
        let { offset: scalesAt } = matrix.scales;
        for (const name of matrix.tensors) {
          const { quants, scales } = quantise(readTensor(model, name), matrix.inputs);
          const scaleBytes = new Uint8Array(scales.buffer);
          await handle.write(quants, 0, quants.length, quantsAt);
          await handle.write(scaleBytes, 0, scaleBytes.length, scalesAt);
          quantsAt += quants.length;
          scalesAt += scaleBytes.length;
        }
      }
      await handle.truncate(layout.bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    const values = { folder: model.folder, megabytes: Math.ceil(layout.bytes / 2 ** 20), reason: message };
    throw new Refusal('engine.int8NotWritten', values, { cause: error });
  }
}
