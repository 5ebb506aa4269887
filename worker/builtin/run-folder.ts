// RUN_DIR: run.json says how to train, rows.jsonl on what. Both are checked before anything is opened.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LINEAR_LAYERS } from '../../src/model/lora.ts';
import type { ModelConfig } from '../../src/model/model.ts';
import type { RunFile, TrainingRow } from '../../src/model/settings.ts';
import { type Problem, Refusal } from '../../src/problem.ts';

const positive = z.number().positive();
const RunJson = z.object({
  settings: z.object({
    epochs: z.int().positive(),
    batch: z.int().positive(),
    learningRate: positive,
    warmup: z.number().min(0).max(1),
    finalRate: z.number().min(0).max(1),
    weightDecay: z.number().min(0),
    clip: positive,
    rank: z.int().positive(),
    alpha: positive,
    targets: z.array(z.enum(LINEAR_LAYERS)).min(1),
    seed: z.int(),
    checkpointing: z.boolean(),
  }),
  base: z.string(),
  fingerprint: z.string(),
  out: z.string(),
  resume: z.string().optional(),
  checkpointEvery: z.int().positive(),
  threads: z.int().positive(),
  spinMicroseconds: z.int().nonnegative().optional(),
});

const Row = z.object({
  ids: z.array(z.int().nonnegative()),
  answer: z.int().positive(),
  part: z.enum(['train', 'heldout', 'replay']),
});

/** Rows that cannot be trained on, by their numbers in rows.jsonl (from 1). */
export class RowsRefused extends Refusal {
  readonly rows: number[];
  constructor(code: string, rows: number[], values: Problem['values'] = {}) {
    const SHOWN = 10;
    const list = rows.slice(0, SHOWN).join(', ') + (rows.length > SHOWN ? ', …' : '');
    super(code, { ...values, count: rows.length, rows: list });
    this.name = 'RowsRefused';
    this.rows = rows;
  }
}

/** Reads run.json. Throws a Refusal that names the first entry that is wrong. */
export async function readRunFile(folder: string): Promise<RunFile> {
  const text = await readFile(join(folder, 'run.json'), 'utf8').catch((cause: unknown) => {
    throw new Refusal('trainer.noRun', { folder }, { cause });
  });
  const parsed = RunJson.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal('trainer.badRun', { entry: issue.path.join('.') || 'run.json', problem: issue.message }, { cause: parsed.error });
}

/** The rows, and the text they were read from. Throws RowsRefused for lines that are no rows. */
export async function readRows(folder: string): Promise<{ rows: TrainingRow[]; text: string }> {
  const text = await readFile(join(folder, 'rows.jsonl'), 'utf8').catch((cause: unknown) => {
    throw new Refusal('trainer.noRows', { folder }, { cause });
  });
  const lines = text.split('\n').filter(line => line.trim() !== '');
  const parsed = lines.map(line => Row.safeParse(parseJson(line)));
  refuse('trainer.rowsUnreadable', parsed, row => !row.success);
  const rows = parsed.map(row => row.data!);
  if (!rows.some(row => row.part !== 'heldout')) throw new Refusal('trainer.noTrainingRows', { folder });
  return { rows, text };
}

/** Throws RowsRefused for rows that this model cannot be trained on. */
export function checkRows(rows: TrainingRow[], config: ModelConfig): void {
  refuse('trainer.rowsWithoutAnswer', rows, row => row.answer >= row.ids.length);
  refuse('trainer.rowsTooLong', rows, row => row.ids.length > config.maxPositions, { limit: config.maxPositions });
  refuse('trainer.rowsForeignTokens', rows, row => row.ids.some(id => id >= config.vocab), { vocab: config.vocab });
}

/** Names a run by all that decides its curve, so that no checkpoint of another one is taken. */
export function runName({ settings, fingerprint }: RunFile, rowsText: string): string {
  return createHash('sha256').update(JSON.stringify({ settings, fingerprint })).update(rowsText).digest('hex');
}

function refuse<T>(code: string, rows: T[], isBad: (row: T) => boolean, values?: Problem['values']): void {
  const bad = rows.flatMap((row, i) => (isBad(row) ? [i + 1] : []));
  if (bad.length > 0) throw new RowsRefused(code, bad, values);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
