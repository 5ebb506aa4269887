// Report card numbers: base and tuned answer the held-out rows greedily, in plain text without guard and frame, beside rivals that need no model.
import { type Form, formOf } from '../src/model/form.ts';
import { checkQuestions } from '../src/model/general-check.ts';
import { rowsLanguage } from '../src/model/language.ts';
import { answerIds, exampleTurns, promptIds } from '../src/model/prompt.ts';
import type { Evaluation, Sample, Scores } from '../src/model/report-card.ts';
import { rivalScores } from '../src/model/rival-scores.ts';
import { nearestRows } from '../src/model/rivals.ts';
import type { Row } from '../src/model/row.ts';
import { ENOUGH_ROWS, scoreAnswers } from '../src/model/scores.ts';
import { abreast } from './abreast.ts';
import type { Adapter } from './engine/generator.ts';
import { type Asking, checkAnswers, type GeneralAnswer } from './general.ts';
import { NEAREST, promptWithNearest } from './nearest-prompt.ts';
import { GREEDY, QA_TOKENS, REPORT_TOKENS } from './speaking.ts';

export type { Evaluation, Sample, Scores } from '../src/model/report-card.ts';

export type Evaluating = Asking & {
  /** Held-out rows; those that do not fit the context must be left out before. */
  rows: Row[];
  /** The base's context, in tokens. */
  maxPositions: number;
  adapter?: Adapter;
  /** What the run learned from: for nearest answers and the rivals of Q&A. */
  train?: Row[];
  /** The form kept with the adapter; left out, it is that of the training rows, else of the held-out ones. */
  form?: Form;
  /** Hears every answer that the adapter writes, also those that become no sample. */
  onAnswer?: (text: string) => void;
  /** The base's answers to the check's questions (checkAnswers); left out, they are made here. */
  general?: GeneralAnswer[];
};

type Asked = { row: Row; prompt: number[] };
/** One speaker's answer to one row, and the summed negative log-likelihood of the approved one. */
type Spoken = { answer: string; loss: number; tokens: number };

const MOST_SAMPLES = 12;
/** Rows that are answered together; more would keep a person's question, which joins them, waiting longer for each token. */
const AT_ONCE = 4;

/** All numbers of a report card. Rejects with the signal's reason when aborted. */
export async function evaluate(task: Evaluating): Promise<Evaluation> {
  const { rows, train = [], tokenizer, maxPositions } = task;
  const form = task.form ?? formOf(train.length ? train : rows);
  const language = rowsLanguage(rows);
  const questions = rows.filter(({ kind }) => kind === 'qa');
  const helped = train.some(({ kind }) => kind === 'qa') ? questions : [];
  const step = openProgress(task, rows.length + helped.length + (task.general ? 0 : checkQuestions[language].length));

  const general = task.general ?? (await checkAnswers(language, { ...task, onProgress: step }));
  const alone = await speak(
    task,
    rows.map(row => ({ row, prompt: promptIds(tokenizer, exampleTurns(row)) })),
    step,
  );
  const near = nearestRows(train);
  const withNear = (row: Row): number[] =>
    promptWithNearest(tokenizer, near(`${row.instruction}\n${row.input}`, NEAREST), exampleTurns(row), maxPositions - QA_TOKENS);
  const beside = await speak(
    task,
    helped.map(row => ({ row, prompt: withNear(row) })),
    step,
  );

  const enough = rows.length >= ENOUGH_ROWS;
  const scoresOf = (spoken: Spoken[], generalLoss: number | null): Scores => {
    const loss = meanLoss(spoken);
    const answered = rows.map((row, at) => ({ row, answer: spoken[at].answer }));
    return { loss, perplexity: loss === null ? null : Math.exp(loss), ...scoreAnswers(form, answered, enough), generalLoss };
  };
  const forgotten: (number | null)[] = [];
  for (const speaker of speakersOf(task)) forgotten.push(meanLoss(await task.generator.score(general, speaker, task.signal)));
  const [base, tuned] = alone.map((spoken, speaker) => scoresOf(spoken, forgotten[speaker]));
  // Reports get no example before them, so theirs are the answers that were given alone.
  const mixed = (helped.length ? beside : []).map((spoken, speaker) => {
    const answers = spoken.values();
    return scoresOf(
      rows.map(({ kind }, at) => (kind === 'qa' ? answers.next().value! : alone[speaker][at])),
      null,
    );
  });
  return {
    base,
    ...(tuned && { tuned }),
    ...(mixed.length && { withNearest: { base: mixed[0], ...(tuned && { tuned: mixed[1] }) } }),
    ...rivalScores(form, rows, train, enough),
    heldout: { qa: questions.length, report: rows.length - questions.length },
    samples: samplesOf(rows, alone),
  };
}

const speakersOf = ({ adapter }: Evaluating): (Adapter | 'base')[] => (adapter ? ['base', adapter] : ['base']);

/** By speaker, then by row. Base and tuned answer in one batch, and so do some rows: greedy in f32 they write what each would alone. */
async function speak(task: Evaluating, asked: Asked[], onRow: () => void): Promise<Spoken[][]> {
  const { generator, tokenizer, signal } = task;
  const speakers = speakersOf(task);
  const answers = await abreast(asked, AT_ONCE, async ({ row, prompt }) => {
    const stop = { tokens: tokenizer.endTokens, maxTokens: row.kind === 'report' ? REPORT_TOKENS : QA_TOKENS, repeatedLine: true };
    const generated = await generator.generate({ prompt, speakers, sampling: GREEDY, stop, precision: 'f32' }, signal);
    signal.throwIfAborted();
    onRow();
    const texts = generated.map(({ text }) => text.trim());
    for (const text of texts.slice(1)) task.onAnswer?.(text);
    return texts;
  });
  const approved = asked.map(({ row, prompt }) => ({ prompt, answer: answerIds(tokenizer, row.output) }));
  const spoken: Spoken[][] = [];
  for (const [index, speaker] of speakers.entries()) {
    const losses = asked.length ? await generator.score(approved, speaker, signal) : [];
    signal.throwIfAborted();
    spoken.push(losses.map((loss, at) => ({ answer: answers[at][index], ...loss })));
  }
  return spoken;
}

/** Negative log-likelihood a token; null where there is none. */
function meanLoss(scored: { loss: number; tokens: number }[]): number | null {
  const tokens = scored.reduce((sum, row) => sum + row.tokens, 0);
  return tokens ? scored.reduce((sum, row) => sum + row.loss, 0) / tokens : null;
}

/** A report first, then questions: what a reader wants to see side by side. */
function samplesOf(rows: Row[], [base, tuned]: Spoken[][]): Sample[] {
  const samples = rows.map(({ kind, instruction, input, output }, at): Sample => {
    return { kind, instruction, input, reference: output, base: base[at].answer, tuned: tuned?.[at].answer ?? '' };
  });
  const [first, ...reports] = samples.filter(({ kind }) => kind === 'report');
  return [...(first ? [first] : []), ...samples.filter(({ kind }) => kind === 'qa'), ...reports].slice(0, MOST_SAMPLES);
}

/** Counts one answer further at each call. */
function openProgress({ onProgress }: Evaluating, total: number): () => void {
  let done = 0;
  return () => onProgress?.(++done, total);
}
