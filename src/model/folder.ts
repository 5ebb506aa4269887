// A Hugging Face folder: config.json and *.safetensors in one file or in shards, checked before anything is built on it.
import { access, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../problem.ts';
import { readConfig } from './config.ts';
import { fingerprint } from './fingerprint.ts';
import type { ModelFolder, TensorInfo } from './model.ts';
import { readHeader } from './safetensors.ts';
import { checkTensors } from './tensors.ts';

const INDEX = 'model.safetensors.index.json';
const SINGLE = 'model.safetensors';

/**
 * Opens the model in `path`. The result's `folder` is where the weights really lie: in the Hugging Face cache that is another
 * folder than `path`, because onnxruntime refuses symbolic links that leave the folder. So keep `path` for the tokenizer.
 * Throws a Refusal for a missing or damaged file, a setting or a tensor that is not supported, missing or of another shape.
 */
export async function openModelFolder(path: string, onHash?: (done: number, total: number) => void): Promise<ModelFolder> {
  const home = await realpath(path).catch((cause: unknown) => {
    throw new Refusal('model.folderMissing', { folder: path }, { cause });
  });
  const config = readConfig(await readJson(join(home, 'config.json')), path);
  const shards = await shardFiles(home);
  const folder = commonFolder(shards);
  const tensors = new Map<string, TensorInfo>();
  for (const shard of shards) for (const [name, info] of readHeader(shard)) tensors.set(name, { ...info, file: relative(folder, shard) });
  checkTensors(config, tensors, path);
  return { folder, config, tensors, fingerprint: await fingerprint(home, shards, onHash) };
}

/** A JSON file of a model folder. Throws a Refusal when it is missing or is no JSON. */
export async function readJson(path: string): Promise<unknown> {
  const values = { file: basename(path), folder: dirname(path) };
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Refusal('model.fileMissing', values, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refusal('model.jsonDamaged', values, { cause });
  }
}

/** Real paths of the weights' files. */
async function shardFiles(home: string): Promise<string[]> {
  const has = (name: string) =>
    access(join(home, name)).then(
      () => true,
      () => false,
    );
  let names = [SINGLE];
  if (!(await has(SINGLE)) && (await has(INDEX))) {
    const index = z.object({ weight_map: z.record(z.string(), z.string()) }).safeParse(await readJson(join(home, INDEX)));
    if (!index.success) throw new Refusal('model.jsonDamaged', { file: INDEX, folder: home }, { cause: index.error });
    names = [...new Set(Object.values(index.data.weight_map))].sort();
  }
  return Promise.all(
    names.map(name =>
      realpath(join(home, name)).catch((cause: unknown) => {
        throw new Refusal('model.fileMissing', { file: name, folder: home }, { cause });
      }),
    ),
  );
}

/** The innermost folder that holds all of the files. */
function commonFolder(files: string[]): string {
  let folder = dirname(files[0]);
  while (!files.every(file => file.startsWith(folder.endsWith(sep) ? folder : folder + sep))) folder = dirname(folder);
  return folder;
}
