// LoRA adapters as folders in PEFT's layout: adapter_config.json + adapter_model.safetensors. PEFT opens what we write,
// and we open what PEFT writes, as long as it is plain LoRA on the linear layers of every block.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../problem.ts';
import { flushFolder, writeFlushed } from './flushed.ts';
import { countValues, LINEAR_LAYERS, type LoraSpec, type LoraWeights, loraMatrices } from './lora.ts';
import type { ModelFolder } from './model.ts';
import { readFloats, readHeader, writeSafetensors } from './safetensors.ts';

const CONFIG = 'adapter_config.json';
const WEIGHTS = 'adapter_model.safetensors';

/** `model.layers.0.self_attn.q_proj.lora_A` as PEFT names it. */
const peftName = (name: string): string => `base_model.model.${name}.weight`;

/** PEFT's settings that change the arithmetic or add tensors, with the values that mean "off". */
const OFF: Record<string, unknown[]> = {
  bias: ['none'],
  use_dora: [false],
  use_rslora: [false],
  use_qalora: [false],
  fan_in_fan_out: [false],
  lora_bias: [false],
  rank_pattern: [{}],
  alpha_pattern: [{}],
  modules_to_save: [[]],
  layers_to_transform: [],
  layer_replication: [],
  trainable_token_indices: [],
  target_parameters: [[]],
  alora_invocation_tokens: [],
};

const AdapterConfig = z.looseObject({
  peft_type: z.string(),
  r: z.int().positive(),
  lora_alpha: z.number().positive(),
  /** Ours; PEFT passes over it. */
  apprentice: z.looseObject({ base_fingerprint: z.string() }).optional(),
});

/**
 * An adapter for `base`. Matrices are in the order of `loraMatrices`, whatever the file's. Throws a Refusal for another base,
 * a setting that is not supported, and any tensor that is missing, unknown or of another shape.
 * An adapter that does not say which base it belongs to (PEFT's own) is taken if every shape fits.
 */
export function readAdapter(folder: string, base: ModelFolder): LoraWeights {
  const config = readConfig(folder);
  const madeFor = config.apprentice?.base_fingerprint;
  if (madeFor && madeFor !== base.fingerprint)
    throw new Refusal('model.adapterOtherBase', { folder, found: madeFor.slice(0, 12), expected: base.fingerprint.slice(0, 12) });

  const path = join(folder, WEIGHTS);
  if (!existsSync(path)) throw new Refusal('model.adapterMissing', { folder, file: WEIGHTS });
  const header = readHeader(path);
  // target_modules may be a list, a regular expression or 'all-linear': the tensors say what it came to.
  const named = new Set([...header.keys()].map(name => name.split('.').at(-3)));
  const spec: LoraSpec = { rank: config.r, alpha: config.lora_alpha, targets: LINEAR_LAYERS.filter(layer => named.has(layer)) };
  const matrices = loraMatrices(base.config, spec);
  const known = new Set(matrices.map(({ name }) => peftName(name)));
  const unknown = [...header.keys()].find(name => !known.has(name));
  if (unknown || known.size === 0) throw new Refusal('model.adapterTensorUnknown', { folder, tensor: unknown ?? 'none' });

  const flat = new Float32Array(countValues(matrices));
  let at = 0;
  for (const { name, shape } of matrices) {
    const info = header.get(peftName(name));
    if (info?.shape.join() !== shape.join())
      throw new Refusal('model.adapterTensorShape', {
        folder,
        tensor: peftName(name),
        found: info ? info.shape.join('×') : '0',
        expected: shape.join('×'),
      });
    flat.set(readFloats(path, info), at);
    at += shape[0] * shape[1];
  }
  return { spec, matrices, flat };
}

/** What `writeAdapter` was given as `extra`; empty for other people's adapters. */
export function readAdapterExtra(folder: string): Record<string, unknown> {
  const { base_fingerprint: _, ...extra } = readConfig(folder).apprentice ?? {};
  return extra;
}

/**
 * Writes `weights` as an adapter of `base`, all or nothing: a folder that is there already is replaced at the end.
 * `extra` (JSON) is kept with the adapter and comes back from `readAdapterExtra`.
 */
export async function writeAdapter(
  folder: string,
  base: ModelFolder,
  weights: LoraWeights,
  extra: Record<string, unknown> = {},
): Promise<void> {
  const { spec, matrices, flat } = weights;
  const fresh = `${folder}.partial-${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  try {
    let at = 0;
    const tensors = matrices.map(({ name, shape }) => {
      const start = at;
      at += shape[0] * shape[1];
      const end = at;
      return { name: peftName(name), shape: [...shape], read: () => flat.subarray(start, end) };
    });
    await writeSafetensors(join(fresh, WEIGHTS), tensors);
    await writeFlushed(join(fresh, CONFIG), JSON.stringify(peftConfig(base, spec, extra), null, 2) + '\n');
    await flushFolder(fresh);
    await replaceFolder(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

function peftConfig(base: ModelFolder, spec: LoraSpec, extra: Record<string, unknown>): Record<string, unknown> {
  return {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: basename(base.folder),
    inference_mode: true,
    r: spec.rank,
    lora_alpha: spec.alpha,
    target_modules: LINEAR_LAYERS.filter(layer => spec.targets.includes(layer)),
    lora_dropout: 0,
    bias: 'none',
    fan_in_fan_out: false,
    use_dora: false,
    use_rslora: false,
    modules_to_save: null,
    apprentice: { ...extra, base_fingerprint: base.fingerprint },
  };
}

/** A folder cannot be renamed over a full one, so the old one steps aside first. */
async function replaceFolder(fresh: string, folder: string): Promise<void> {
  const old = `${fresh}-old`;
  await rm(old, { recursive: true, force: true });
  await rename(folder, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(fresh, folder);
  await flushFolder(dirname(folder));
  await rm(old, { recursive: true, force: true });
}

function readConfig(folder: string): z.infer<typeof AdapterConfig> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(folder, CONFIG), 'utf8'));
  } catch (cause) {
    throw new Refusal('model.adapterMissing', { folder, file: CONFIG }, { cause });
  }
  const parsed = AdapterConfig.safeParse(json);
  if (!parsed.success) throw new Refusal('model.jsonDamaged', { folder, file: CONFIG }, { cause: parsed.error });
  const unsupported = (setting: string, found: unknown) =>
    new Refusal('model.adapterUnsupported', { folder, setting, found: JSON.stringify(found) });
  if (parsed.data.peft_type !== 'LORA') throw unsupported('peft_type', parsed.data.peft_type);
  for (const [setting, off] of Object.entries(OFF)) {
    const value = parsed.data[setting];
    if (value !== undefined && value !== null && !off.some(allowed => JSON.stringify(allowed) === JSON.stringify(value)))
      throw unsupported(setting, value);
  }
  return parsed.data;
}
