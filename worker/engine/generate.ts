// Writes answers, everybody's at once: the rows of all requests are one batch, and the weights are read once a token for all of them, so that
// four people wait little longer than one. A new request joins between two tokens, in the order of asking; a row that has ended leaves.
import { setMaxListeners } from 'node:events';
import type { ModelFolder } from '../../src/model/model.ts';
import type { ChatTokenizer } from '../../src/model/tokenizer.ts';
import { Refusal } from '../../src/problem.ts';
import { openBatch } from './batch.ts';
import { bytesPerToken } from './cache.ts';
import type { Decoding } from './decoding.ts';
import type { Generated, GenerateRequest } from './generator.ts';
import type { Permits } from './guard.ts';
import { openReader, type Reading } from './reading.ts';
import { isOver, newRow, type Row } from './row.ts';
import { openStacks, type Speaker } from './speakers.ts';

export type Writer = {
  /**
   * One answer a speaker, in their order; it does not depend on what else is written (but for rounding). `permits` may pass over a token, in
   * addition to the request's guard. When the signal comes, what there is so far is returned. Rejects with a Refusal when the prompt leaves no
   * room in the context.
   */
  generate(request: GenerateRequest, speakers: Speaker[], signal: AbortSignal, permits?: Permits): Promise<Generated[]>;
};

export type WriterOptions = {
  model: ModelFolder;
  tokenizer: ChatTokenizer;
  decoding: Decoding;
  /** Waits for the engine; the function that it gives lets others have it. */
  takeTurn(): Promise<() => void>;
  /** Keeps the engine until nothing is left to write; else others may have it after every token. */
  keepsTurn: boolean;
  /**
   * What the keys and values of all rows may take (up to twice that while they grow), and a quarter more for prompts read last. A request that is
   * alone is always written.
   */
  cacheBytes: number;
};

type Asked = {
  prompt: number[];
  rows: Row[];
  /** The most tokens that a row may come to, with the prompt. */
  most: number;
  signal: AbortSignal;
  reading?: Reading;
  resolve(answers: Generated[]): void;
  reject(error: unknown): void;
};

/** From here on more rows only make each step longer: nobody gains by them. */
const MOST_ROWS = 32;

export function openWriter({ model, tokenizer, decoding, takeTurn, keepsTurn, cacheBytes }: WriterOptions): Writer {
  const { config } = model;
  const stacked = openStacks(config);
  const batch = openBatch(config, decoding, stacked);
  const reader = openReader(config, decoding, stacked, cacheBytes / 4);
  /** In the order of asking; the first one's prompt is being read. */
  let waiting: Asked[] = [];
  let writing: Asked[] = [];
  let running = false;
  let endTurn: (() => void) | undefined;

  async function run(): Promise<void> {
    running = true;
    while (waiting.length + writing.length > 0) {
      endTurn ??= await takeTurn();
      leaveAborted();
      await readOn();
      await writeOn();
      writing = handOut(writing);
      batch.release();
      if (keepsTurn) continue;
      endTurn();
      endTurn = undefined;
    }
    running = false;
    endTurn?.();
    endTurn = undefined;
  }

  function leaveAborted(): void {
    const leaving = [...waiting, ...writing].filter(({ signal }) => signal.aborted);
    for (const { rows } of leaving) for (const row of rows) if (!isOver(row)) row.end('aborted');
    waiting = handOut(waiting);
    writing = handOut(writing);
    batch.release();
  }

  /** A piece of the prompt that is first in line, if its rows will fit beside the others'. */
  async function readOn(): Promise<void> {
    const [asked] = waiting;
    if (!asked || !fits(asked)) return;
    const { prompt, rows } = asked;
    try {
      asked.reading ??= reader.begin(
        prompt,
        rows.map(({ speaker }) => speaker),
      );
      const { cache, speakers } = asked.reading;
      const result = await reader.readPiece(
        asked.reading,
        rows.some(row => row.needsLogits),
      );
      if (!result) return;
      for (const row of rows) batch.add(row, cache, speakers.indexOf(row.speaker), result);
      batch.release();
      asked.reading = undefined;
      writing.push(asked);
      waiting.shift();
    } catch (error) {
      waiting.shift();
      asked.reject(error);
    }
  }

  function fits({ rows, most }: Asked): boolean {
    const count = batch.rows.length + rows.length;
    const longest = Math.max(most, ...writing.map(asked => asked.most));
    return batch.rows.length === 0 || (count <= MOST_ROWS && count * longest * bytesPerToken(config) <= cacheBytes);
  }

  async function writeOn(): Promise<void> {
    if (batch.rows.length === 0) return;
    try {
      await batch.step();
    } catch (error) {
      for (const { reject } of writing) reject(error);
      writing = [];
      batch.clear();
    }
  }

  return {
    async generate(request, speakers, signal, permits) {
      const { prompt, stop } = request;
      if (prompt.length === 0) throw new Error('a prompt has at least one token');
      if (prompt.length >= config.maxPositions)
        throw new Refusal('engine.promptTooLong', { tokens: prompt.length, most: config.maxPositions - 1 });
      const rows = speakers.map(speaker => newRow(model, tokenizer, request, speaker, permits));
      const most = Math.min(prompt.length + stop.maxTokens, config.maxPositions);
      // Without the turn no step is under way: whoever leaves need not wait for it.
      const leave = () => !endTurn && leaveAborted();
      setMaxListeners(0, signal);
      signal.addEventListener('abort', leave);
      const written = new Promise<Generated[]>((resolve, reject) => waiting.push({ prompt, rows, most, signal, resolve, reject }));
      if (!running) void run();
      return written.finally(() => signal.removeEventListener('abort', leave));
    },
  };
}

/** Whoever has all answers gets them; gives the others. A row that failed fails its request. */
function handOut(asked: Asked[]): Asked[] {
  return asked.filter(({ rows, resolve, reject }) => {
    const failed = rows.find(row => row.failed !== undefined);
    if (!failed && !rows.every(isOver)) return true;
    for (const row of rows) if (!isOver(row)) row.end('aborted');
    if (failed) reject(failed.failed);
    else resolve(rows.map(({ answer }) => answer!));
    return false;
  });
}
