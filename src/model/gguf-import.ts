// A GGUF file → an ordinary Hugging Face folder: float32 safetensors, config, tokenizer. Refuses what it does not understand
// instead of writing a folder that is almost right.
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { openGguf } from './gguf.ts';
import { ggufConfig } from './gguf-config.ts';
import { ggufTokenizer } from './gguf-tokenizer.ts';
import { ggufWeights } from './gguf-weights.ts';
import { writeSafetensors } from './safetensors.ts';
import { checkTensors } from './tensors.ts';

/**
 * Imports `file` into `folder`, which must not exist: it is written beside it under another name and renamed when whole, so a crash or a
 * full disk leaves nothing half. `onProgress` hears bytes written and in all (float32: up to eight times the file).
 */
export async function importGguf(file: string, folder: string, onProgress?: (done: number, total: number) => void): Promise<void> {
  const gguf = await openGguf(file);
  const config = ggufConfig(gguf);
  const { tokenizer, tokenizerConfig, endTokens } = ggufTokenizer(gguf);
  const weights = ggufWeights(gguf, config);
  // the checks of every folder, before half a gigabyte is written
  checkTensors(readConfig(config, file), new Map(weights.map(tensor => [tensor.name, tensor])), file);

  const fresh = `${folder}.partial-${randomBytes(4).toString('hex')}`;
  const write = (name: string, value: object, indent?: number) => writeFile(join(fresh, name), JSON.stringify(value, null, indent) + '\n');
  try {
    await mkdir(fresh, { recursive: true });
    await writeSafetensors(join(fresh, 'model.safetensors'), weights, onProgress);
    await write('config.json', config, 2);
    await write(
      'generation_config.json',
      { bos_token_id: config.bos_token_id, eos_token_id: endTokens, pad_token_id: config.pad_token_id },
      2,
    );
    await write('tokenizer.json', tokenizer);
    await write('tokenizer_config.json', tokenizerConfig, 2);
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}
