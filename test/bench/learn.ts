// `npm run bench learn`: what SmolLM2-135M learns from the sample team in a run as the recipe makes it; means over three seeds on the rows
// that the demo keeps aside, too. One line of JSON last; progress on stderr. About five minutes a seed on two quiet cores.
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_KEY } from '../../src/demo-key.ts';
import { readRows } from '../../src/model/alpaca.ts';
import type { Scores } from '../../src/model/report-card.ts';
import { projectRoot } from '../../src/root.ts';
import { openEngine } from '../../worker/cli/engine.ts';
import { numbersOf } from '../../worker/cli/evaluate.ts';
import { openTerminal } from '../../worker/cli/terminal.ts';
import { splitRows } from '../../worker/cli/tune.ts';
import { tuneRows } from '../../worker/cli/tune-rows.ts';
import { realModel } from '../support/real-model.ts';

const SEEDS = [0, 1, 2];
const THREADS = 2;
const SPLIT_KEY = createHmac('sha256', DEMO_KEY).update('split').digest('hex');

const folder = await realModel();
if (!folder) process.exit(1);
const terminal = openTerminal('en', process.stdout, process.stderr);
const { signal } = new AbortController();
const settings = { modelsDir: tmpdir(), baseModel: folder, threads: THREADS, precision: 'f32', lang: 'en' } as const;
const engine = await openEngine(settings, terminal, signal);
const { rows } = readRows(await readFile(join(projectRoot(), 'src/sample-team/en.json')));
const out = await mkdtemp(join(tmpdir(), 'apprentice-learn-'));
const runs = [];
for (const seed of SEEDS) {
  const tuning = { rows: splitRows(rows, SPLIT_KEY), dials: { seed }, out: join(out, `seed-${seed}`), threads: THREADS, terminal, signal };
  const { evaluation, trainSeconds } = await tuneRows(engine, tuning);
  runs.push({ seed, ...numbersOf(evaluation), trainSeconds });
  console.error(JSON.stringify(runs.at(-1)));
}
await engine.generator.close();
await rm(out, { recursive: true });
const mean = (scores: Scores[]): Record<string, number | null> =>
  Object.fromEntries(
    Object.keys(scores[0]).map(key => {
      const values = scores.map(score => score[key as keyof Scores]).filter(value => value !== null);
      return [key, values.length ? values.reduce((a, b) => a + b) / values.length : null];
    }),
  );
console.log(
  JSON.stringify({ bench: 'learn', seeds: runs, base: mean(runs.map(({ base }) => base)), tuned: mean(runs.map(({ tuned }) => tuned!)) }),
);
