// Whether the base reads the language of the examples at all: into how many pieces it cuts a character, and how well it sees the
// approved answers coming. Measured on a few rows; what comes of it is said before the run.
import { answerIds, exampleTurns, promptIds, withoutControlTokens } from '../src/model/prompt.ts';
import type { Row } from '../src/model/row.ts';
import type { Problem } from '../src/problem.ts';
import type { Generator } from './engine/generator.ts';
import type { Base } from './workplace.ts';

export type Reading = {
  /** Rows that were read. */
  rows: number;
  /** Tokens of a character, over all answers. SmolLM2: English 0.4, Russian 0.7, Chinese 1.0, Japanese 1.5; Qwen2.5: Chinese about 0.65. */
  tokensPerCharacter: number;
  /**
   * Nats a character of the approved answers, each after its own question. SmolLM2-135M: English 0.9 to 1.5, German, French and Spanish
   * 1.4 to 1.7, Russian 1.9, Chinese 2.9, Japanese 3.6; a tiny model that learned no language 5 and more.
   */
  lossPerCharacter: number;
};

/** A model that knows a language has whole words or characters of it in its vocabulary. */
const MOST_PIECES = 0.85;
/** A model that sees the pieces coming all the same (one that reads bytes, say) reads the language. */
const READS_LOSS = 2.5;
/** No language that a model knows costs so much. */
const LOST_LOSS = 4;

const MOST_ROWS = 8;
/** Of one answer: enough to tell, and a row costs a second at most. */
const MOST_CHARACTERS = 300;
/** Of one question with its notes, the last ones. */
const MOST_PROMPT = 512;

/** Reads a few rows spread over all, one after the other, so that people's questions come between. Rejects with the signal's reason. */
export async function measureReading({ tokenizer, model }: Base, generator: Generator, rows: Row[], signal: AbortSignal): Promise<Reading> {
  const { maxPositions } = model.config;
  // At most four tokens a character, so that there is always room for half of the context's question.
  const length = Math.min(MOST_CHARACTERS, Math.floor(maxPositions / 8));
  const every = Math.max(1, rows.length / MOST_ROWS);
  const chosen = Array.from({ length: Math.min(rows.length, MOST_ROWS) }, (_, i) => rows[Math.floor(i * every)]);
  let [loss, characters] = [0, 0];
  for (const row of chosen) {
    const text = [...row.output].slice(0, length).join('');
    const answer = tokenizer.encode(withoutControlTokens(tokenizer, text));
    const prompt = promptIds(tokenizer, exampleTurns(row)).slice(-Math.min(MOST_PROMPT, maxPositions - answer.length));
    const [score] = await generator.score([{ prompt, answer }], 'base', signal);
    signal.throwIfAborted();
    loss += score.loss;
    characters += [...text].length;
  }
  return { rows: chosen.length, tokensPerCharacter: piecesOf(tokenizer, rows), lossPerCharacter: loss / Math.max(1, characters) };
}

function piecesOf(tokenizer: Base['tokenizer'], rows: Row[]): number {
  const characters = rows.reduce((all, { output }) => all + [...output].length, 0);
  const tokens = rows.reduce((all, { output }) => all + answerIds(tokenizer, output).length - 1, 0);
  return tokens / Math.max(1, characters);
}

/** Why a run on this base should not start unasked. */
export function readingDoubts({ rows, tokensPerCharacter, lossPerCharacter }: Reading): Problem[] {
  if (tokensPerCharacter <= MOST_PIECES || lossPerCharacter <= READS_LOSS) return [];
  return [{ code: 'worker.language', values: { rows, pieces: tokensPerCharacter.toFixed(2), loss: lossPerCharacter.toFixed(1) } }];
}

/** What the reader should know: the doubt, or that the base is at a loss although it has the words. */
export function readingWarnings(reading: Reading): Problem[] {
  const { rows, lossPerCharacter } = reading;
  const doubts = readingDoubts(reading);
  if (doubts.length > 0 || lossPerCharacter <= LOST_LOSS) return doubts;
  return [{ code: 'worker.baseAtALoss', values: { rows, loss: lossPerCharacter.toFixed(1) } }];
}
