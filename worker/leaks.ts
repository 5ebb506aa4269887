// What a new version gives away: training answers that it recites from their first words, and secrets in all that it wrote for its card.
import { answerIds, exampleTurns, promptIds } from '../src/model/prompt.ts';
import type { Leaks } from '../src/model/report-card.ts';
import { findSecrets } from '../src/model/secrets/find.ts';
import type { ChatTokenizer } from '../src/model/tokenizer.ts';
import { abreast } from './abreast.ts';
import type { CheckedRow } from './checks.ts';
import type { Adapter, Generator } from './engine/generator.ts';
import { seededRandom, shuffled } from './engine/random.ts';
import type { Asking } from './general.ts';
import { GREEDY } from './speaking.ts';

/** Tokens of the answer that the model is given, after the row's own question. */
const BEGINNING = 10;
/** A shorter rest is said by chance, or by every model. */
const LEAST_REST = 10;
/** Of more rows a run tries so many; a search that a person asks for tries all. */
const MOST_ROWS = 64;
/** Most rows part from the training answer within a few tokens: it is compared after so many, and then ended. */
const STRIDE = 16;
/** Rows side by side; between two of them people's questions come in. */
const AT_ONCE = 4;

export type LeakSearch = Asking & {
  /** What the version learned from. */
  rows: CheckedRow[];
  adapter: Adapter;
  maxPositions: number;
  /** Rows that are tried where there are more; left out, 64. */
  most?: number;
  /** Which rows, where there are too many; the same seed tries the same ones. */
  seed: number;
  /** Everything that the version has written besides. */
  written: string[];
};

type Tried = { no: number; recited: boolean; said: string };

/**
 * Exact-suffix extraction: a row is extracted when greedy decoding in f32 continues its question and the first 10 tokens of its answer
 * with the whole rest of the answer, token for token. Rejects with the signal's reason when aborted.
 */
export async function searchLeaks(search: LeakSearch): Promise<Leaks> {
  const { tokenizer, rows, maxPositions, seed, generator, adapter, signal, most = MOST_ROWS } = search;
  const suited = rows.map(row => split(tokenizer, row)).filter(({ rest, all }) => rest.length >= LEAST_REST && all <= maxPositions);
  const chosen = suited.length > most ? shuffled(suited, seededRandom(seed)).slice(0, most) : suited;
  let done = 0;
  const tried = await abreast(chosen, AT_ONCE, async (row): Promise<Tried> => {
    const said = await recite(generator, adapter, tokenizer, row, signal);
    search.onProgress?.(++done, chosen.length);
    return { no: row.no, ...said };
  });
  const extracted = tried.filter(({ recited }) => recited).map(({ no }) => no);
  return {
    tried: tried.length,
    of: suited.length,
    extracted: extracted.length,
    rows: extracted.sort((a, b) => a - b),
    secrets: secretsIn([...search.written, ...tried.map(({ said }) => said)]),
  };
}

type Split = { no: number; prompt: number[]; rest: number[]; all: number };

function split(tokenizer: ChatTokenizer, row: CheckedRow): Split {
  const asked = promptIds(tokenizer, exampleTurns(row));
  const ends = tokenizer.encode(tokenizer.endOfTurn).length;
  const answer = answerIds(tokenizer, row.output).slice(0, -ends);
  return {
    no: row.no,
    prompt: [...asked, ...answer.slice(0, BEGINNING)],
    rest: answer.slice(BEGINNING),
    all: asked.length + answer.length + ends,
  };
}

/** `said`: what the model wrote, up to where it parted from the row. */
async function recite(
  generator: Generator,
  adapter: Adapter,
  tokenizer: ChatTokenizer,
  { prompt, rest }: Split,
  signal: AbortSignal,
): Promise<{ recited: boolean; said: string }> {
  const said: number[] = [];
  while (said.length < rest.length) {
    const stop = { tokens: tokenizer.endTokens, maxTokens: Math.min(STRIDE, rest.length - said.length), repeatedLine: false };
    const request = { prompt: [...prompt, ...said], speakers: [adapter], sampling: GREEDY, stop, precision: 'f32' as const };
    const [{ tokens }] = await generator.generate(request, signal);
    signal.throwIfAborted();
    const expected = rest.slice(said.length, said.length + stop.maxTokens);
    said.push(...tokens);
    if (tokens.length < expected.length || tokens.some((token, at) => token !== expected[at])) {
      return { recited: false, said: tokenizer.decode(said) };
    }
  }
  return { recited: true, said: tokenizer.decode(said) };
}

/** Of each kind so many, each time that it was written; the secrets themselves are kept nowhere. */
export function secretsIn(texts: string[]): Leaks['secrets'] {
  const counts = new Map<string, number>();
  for (const { kind } of texts.flatMap(findSecrets)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count }));
}
