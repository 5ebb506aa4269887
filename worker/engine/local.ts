// The engine in this thread: one base, any adapters, answers and judgements.
import { totalmem } from 'node:os';
import { openModelFolder } from '../../src/model/folder.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import { openTokenizer } from '../../src/model/tokenizer.ts';
import { openDecoding } from './decoding.ts';
import { openWriter } from './generate.ts';
import type { Generator } from './generator.ts';
import { int8File } from './int8-file.ts';
import { batchesByLength, openScoring } from './score.ts';
import { openSpeakers, openStacks } from './speakers.ts';
import { newTurns } from './turns.ts';

export type EngineOptions = {
  /** The base: a Hugging Face folder as people gave it. */
  folder: string;
  /** What answers are written with; judging is float32 always. */
  precision: 'f32' | 'int8';
  threads?: number;
  /** See session.ts; 0 unless the machine is ours alone. */
  spinMicroseconds?: number;
  /** What the answers that are written at once may take in keys and values; left out, a sixteenth of the machine's memory. */
  cacheBytes?: number;
};

export type Engine = Generator & {
  /** sha256 of the base's weights. */
  readonly fingerprint: string;
};

const never = new AbortController().signal;

/** Between two batches a waiting answer comes first, so a batch may take half a second, not more. */
const BATCH_TOKENS = 256;

/**
 * Opens a base. Calls of `generate` that overlap in time are written together. `score`, and what is measured where answers are written
 * in 8 bits, come after every waiting answer. All of them block this thread while a graph runs (some 10 to 500 ms).
 */
export async function openLocalEngine(options: EngineOptions): Promise<Engine> {
  const model: ModelFolder = await openModelFolder(options.folder);
  const tokenizer = await openTokenizer(options.folder);
  const sessionOptions = { threads: options.threads, spinMicroseconds: options.spinMicroseconds };
  const int8 = options.precision === 'int8' ? await int8File(model) : undefined;
  const scoring = openScoring(model, sessionOptions);
  const speakerOf = openSpeakers(model);
  const stacked = openStacks(model.config);
  const turns = newTurns();
  const { cacheBytes = Math.floor(totalmem() / 16) } = options;

  const decoding = openDecoding(model, { ...sessionOptions, int8 });
  const takeTurn = () => turns.take(true, never);
  const answers = openWriter({ model, tokenizer, decoding, takeTurn, keepsTurn: true, cacheBytes });
  const measuring = int8 && openDecoding(model, sessionOptions);
  const measured =
    measuring &&
    openWriter({ model, tokenizer, decoding: measuring, takeTurn: () => turns.take(false, never), keepsTurn: false, cacheBytes });

  /** Closing waits for whoever has the engine. */
  const inTurn = async <T>(urgent: boolean, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
    const done = await turns.take(urgent, signal);
    try {
      return await work();
    } finally {
      done();
    }
  };

  return {
    canAdapt: true,
    fingerprint: model.fingerprint,
    async generate(request, signal) {
      const writer = request.precision === 'f32' && measured ? measured : answers;
      return writer.generate(request, request.speakers.map(speakerOf), signal);
    },
    async score(rows, speaker, signal) {
      const scores: { loss: number; tokens: number }[] = [];
      for (const batch of batchesByLength(rows, BATCH_TOKENS)) {
        const work = () =>
          scoring.score(
            batch.map(i => rows[i]),
            stacked([speakerOf(speaker)]),
          );
        (await inTurn(false, signal, work)).forEach((score, at) => {
          scores[batch[at]] = score;
        });
      }
      return scores;
    },
    close: () =>
      inTurn(false, never, async () => {
        await decoding.close();
        await measuring?.close();
        await scoring.close();
      }),
  };
}
