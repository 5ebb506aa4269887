import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Row } from '../../src/model/row.ts';
import type { RunFile, TrainingRow } from '../../src/model/settings.ts';
import { openTokenizer } from '../../src/model/tokenizer.ts';
import { projectRoot } from '../../src/root.ts';
import { readRows, readRunFile } from '../../worker/builtin/run-folder.ts';
import { writeRunFolder } from '../../worker/prepare.ts';

const tinyLlama = join(projectRoot(), 'test/fixtures/models/tiny-llama');
const run: RunFile = {
  settings: {
    epochs: 2,
    batch: 4,
    learningRate: 1e-3,
    warmup: 0.1,
    finalRate: 0.1,
    weightDecay: 0,
    clip: 1,
    rank: 4,
    alpha: 8,
    targets: ['q_proj'],
    seed: 0,
    checkpointing: false,
  },
  base: tinyLlama,
  fingerprint: 'abc',
  out: '/nowhere',
  checkpointEvery: 5,
  threads: 1,
};

test('the folder is what the trainer reads, and nobody else may', async () => {
  const tokenizer = await openTokenizer(tinyLlama);
  const folder = join(await mkdtemp(join(tmpdir(), 'prepare-')), 'run');
  const row = (output: string, input = ''): Row => ({ kind: 'qa', instruction: 'Where?', input, output });
  const replay: TrainingRow = { ids: [5, 6, 7], answer: 1, part: 'replay' };
  await writeRunFolder(
    folder,
    tokenizer,
    { train: [row('Here.'), row('There.', 'notes')], heldout: [row('Nowhere.')], replay: [replay] },
    run,
  );

  expect(await readRunFile(folder)).toEqual(run);
  const { rows } = await readRows(folder);
  expect(rows.map(({ part }) => part)).toEqual(['train', 'train', 'replay', 'heldout']);
  expect(rows[2]).toEqual(replay);
  for (const [index, text] of [
    [0, 'Here.'],
    [1, 'There.'],
    [3, 'Nowhere.'],
  ] as const) {
    const { ids, answer } = rows[index];
    expect(tokenizer.decode(ids.slice(answer))).toBe(text);
    expect(tokenizer.endTokens).toContain(ids.at(-1));
    expect(tokenizer.decode(ids.slice(0, answer))).toContain('Where?');
  }
  expect(tokenizer.decode(rows[1].ids)).toContain('Where?\n\nnotes');
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  for (const file of ['run.json', 'rows.jsonl']) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(folder, 'rows.jsonl'), 'utf8')).not.toContain('Nowhere');
});
