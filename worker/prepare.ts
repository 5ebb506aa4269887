// What a trainer is handed: a folder with run.json and rows.jsonl. Rows are token ids; no tokenizer and no template in a trainer.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { roundOf } from '../src/model/balance.ts';
import { answerIds, exampleTurns, promptIds } from '../src/model/prompt.ts';
import type { Row } from '../src/model/row.ts';
import type { RunFile, TrainingRow } from '../src/model/settings.ts';
import type { ChatTokenizer } from '../src/model/tokenizer.ts';

/** A row as it is learned: the prompt as in chat, the answer with its end token. */
function trainingRow(tokenizer: ChatTokenizer, row: Row, part: 'train' | 'heldout'): TrainingRow {
  const prompt = promptIds(tokenizer, exampleTurns(row));
  return { ids: [...prompt, ...answerIds(tokenizer, row.output)], answer: prompt.length, part };
}

/** What a run learns from and is measured on by the trainer, each row once; replay rows come as token ids (replay.ts). */
export type RunRows = { train: Row[]; heldout: Row[]; replay: TrainingRow[] };

/** The rows as they stand in rows.jsonl, line by line; a replay row is nobody's. */
export function rowsByLine<R extends Row>({ train, heldout, replay }: { train: R[]; heldout: R[]; replay: unknown[] }): (R | undefined)[] {
  return [...roundOf(train), ...replay.map(() => undefined), ...heldout];
}

/** Writes the folder, readable by nobody else: token ids are people's text. Whoever starts the trainer deletes rows.jsonl when it has ended. */
export async function writeRunFolder(folder: string, tokenizer: ChatTokenizer, rows: RunRows, run: RunFile): Promise<void> {
  const lines = [
    ...roundOf(rows.train).map(row => trainingRow(tokenizer, row, 'train')),
    ...rows.replay,
    ...rows.heldout.map(row => trainingRow(tokenizer, row, 'heldout')),
  ];
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text, { mode: 0o600 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await write('rows.jsonl', lines.map(row => `${JSON.stringify(row)}\n`).join(''));
  await write('run.json', `${JSON.stringify(run, null, 2)}\n`);
}
