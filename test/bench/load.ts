// `npm run bench load`: what it costs to be answered when others ask, too. 1, 4 and 16 people ask SmolLM2-135M questions of the sample team; each
// gets two answers (base and tuned, 8 bits, the product's prompts and limits) and asks the next one as soon as they are there. The levels take
// turns, so that what else the machine does hits them alike. In float32 the answers of all at once are compared with those given alone.
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { readRows } from '../../src/model/alpaca.ts';
import { exampleTurns } from '../../src/model/prompt.ts';
import { nearestRows } from '../../src/model/rivals.ts';
import { openTokenizer } from '../../src/model/tokenizer.ts';
import { projectRoot } from '../../src/root.ts';
import type { Generated, Generator } from '../../worker/engine/generator.ts';
import { openLocalEngine } from '../../worker/engine/local.ts';
import { NEAREST, promptWithNearest } from '../../worker/nearest-prompt.ts';
import { GREEDY, QA_TOKENS } from '../../worker/speaking.ts';
import { realModel } from '../support/real-model.ts';
import { median, quantile } from './median.ts';

const ROUNDS = 2;
/** People, and how many questions are asked a round. */
const LEVELS = [
  { people: 1, questions: 4 },
  { people: 4, questions: 12 },
  { people: 16, questions: 32 },
];
const THREADS = 2;
const COMPARED = 4;

const folder = await realModel();
if (!folder) {
  console.error('bench load needs the real model.');
  process.exit(1);
}
const tokenizer = await openTokenizer(folder);
const questions = await teamQuestions();
const speakersOf = (fingerprint: string) => [
  'base' as const,
  { name: 'fixture', folder: join(projectRoot(), 'test/fixtures/engine/adapter'), rank: 4, fingerprint },
];
const never = new AbortController().signal;
const spinMicroseconds = Number(process.env.BENCH_SPIN ?? 0);

const sameTokens = await comparedInFloat32();
const engine = await openLocalEngine({ folder, precision: 'int8', threads: THREADS, spinMicroseconds });
const ask = asking(engine, speakersOf(engine.fingerprint));
const perSecond = LEVELS.map((): number[] => []);
const seconds = LEVELS.map((): number[] => []);
let marks = COMPARED;
const cpuSeconds = LEVELS.map((): number[] => []);
await ask(0);
for (let round = 1; round <= ROUNDS; round++) {
  for (const [i, { people, questions }] of LEVELS.entries()) {
    const waited = await askedBy(people, questions);
    perSecond[i].push(questions / waited.total);
    seconds[i].push(...waited.each);
    cpuSeconds[i].push(waited.cpu / questions);
    console.error(`round ${round}: ${people} at once, ${(questions / waited.total).toFixed(2)} answers/s, p95 ${p95(waited.each)} s`);
  }
}
await engine.close();

const speed = perSecond.map(median);
const times = (i: number) => round2(speed[i] / speed[0]);
const levels = LEVELS.map(({ people }, i) => ({
  people,
  perSecond: round2(speed[i]),
  medianS: round2(median(seconds[i])),
  p95S: p95(seconds[i]),
  cpuSPerAnswer: round2(median(cpuSeconds[i])),
}));
const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, ${THREADS} threads, spin ${spinMicroseconds} µs`;
console.log(JSON.stringify({ bench: 'load', x4: times(1), x16: times(2), levels, sameTokensF32: sameTokens, machine }));
process.exit(sameTokens ? 0 : 1);

/** Every person asks one question after the other until `count` are answered. Seconds: of each question, of all, and of our processor time. */
async function askedBy(people: number, count: number): Promise<{ each: number[]; total: number; cpu: number }> {
  const used = process.cpuUsage();
  const each: number[] = [];
  const began = performance.now();
  let next = 0;
  const person = async () => {
    for (let n = next++; n < count; n = next++) {
      const asked = performance.now();
      await ask(n, ++marks);
      each.push((performance.now() - asked) / 1000);
    }
  };
  await Promise.all(Array.from({ length: people }, person));
  const { user, system } = process.cpuUsage(used);
  return { each, total: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
}

/** Asks question `n`; `mark` makes its beginning like no other's, so that all of it has to be read. */
function asking({ generate }: Generator, speakers: ReturnType<typeof speakersOf>) {
  const stop = { tokens: tokenizer.endTokens, maxTokens: QA_TOKENS, repeatedLine: true };
  return (n: number, mark = n) => {
    const prompt = [...tokenizer.encode(`${mark}\n`), ...questions[n % questions.length]];
    return generate({ prompt, speakers, sampling: GREEDY, stop }, never);
  };
}

async function comparedInFloat32(): Promise<boolean> {
  const asked = Array.from({ length: COMPARED }, (_, n) => n);
  const answered = async (all: (ask: (n: number) => Promise<Generated[]>) => Promise<Generated[][]>) => {
    const engine = await openLocalEngine({ folder: folder!, precision: 'f32', threads: THREADS, spinMicroseconds });
    const answers = await all(asking(engine, speakersOf(engine.fingerprint)));
    await engine.close();
    return JSON.stringify(answers.map(each => each.map(({ tokens }) => tokens)));
  };
  const together = await answered(ask => Promise.all(asked.map(n => ask(n))));
  const alone = await answered(async ask => {
    const answers: Generated[][] = [];
    for (const n of asked) answers.push(await ask(n));
    return answers;
  });
  return together === alone;
}

/** Prompts as in chat: every other question of the sample team, with the two nearest of the rest before it. */
async function teamQuestions(): Promise<number[][]> {
  const { rows } = readRows(await readFile(join(projectRoot(), 'src/sample-team/en.json')));
  const qa = rows.filter(({ kind }) => kind === 'qa');
  const near = nearestRows(qa.filter((_, i) => i % 2 === 0));
  return qa
    .filter((_, i) => i % 2 === 1)
    .map(row => promptWithNearest(tokenizer, near(row.instruction, NEAREST), exampleTurns(row), Number.POSITIVE_INFINITY));
}

function p95(values: number[]): number {
  return round2(quantile(values, 0.95));
}
function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
