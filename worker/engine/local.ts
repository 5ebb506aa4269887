// The engine in this thread: one base, any adapters, answers and judgements.
import { openModelFolder } from '../../src/model/folder.ts';
import type { ModelFolder } from '../../src/model/model.ts';
import { openTokenizer } from '../../src/model/tokenizer.ts';
import { openDecoding } from './decoding.ts';
import { generate } from './generate.ts';
import type { Generator } from './generator.ts';
import { int8File } from './int8-file.ts';
import { batchesByLength, openScoring } from './score.ts';
import { openSpeakers } from './speakers.ts';
import { newTurns } from './turns.ts';

export type EngineOptions = {
  /** The base: a Hugging Face folder as people gave it. */
  folder: string;
  /** What answers are written with; judging is float32 always. */
  precision: 'f32' | 'int8';
  threads?: number;
  /** See session.ts; 0 unless the machine is ours alone. */
  spinMicroseconds?: number;
};

export type Engine = Generator & {
  /** sha256 of the base's weights. */
  readonly fingerprint: string;
};

/** Between two batches a waiting answer comes first, so a batch may take half a second, not more. */
const BATCH_TOKENS = 256;

/**
 * Opens a base. `generate` and `score` take turns: one at a time, and between two batches of a `score` every waiting `generate` goes first.
 * Both block this thread while a graph runs (some 10 to 500 ms).
 */
export async function openLocalEngine(options: EngineOptions): Promise<Engine> {
  const model: ModelFolder = await openModelFolder(options.folder);
  const tokenizer = await openTokenizer(options.folder);
  const sessionOptions = { threads: options.threads, spinMicroseconds: options.spinMicroseconds };
  const int8 = options.precision === 'int8' ? await int8File(model) : undefined;
  const decoding = openDecoding(model, { ...sessionOptions, int8 });
  const measuring = int8 ? openDecoding(model, sessionOptions) : decoding;
  const scoring = openScoring(model, sessionOptions);
  const speakersOf = openSpeakers(model);
  const turns = newTurns();

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
      const nothing = request.speakers.map(() => ({ text: '', tokens: [], ms: 0, why: 'aborted' as const }));
      if (signal.aborted) return nothing;
      const writer = { model, tokenizer, decoding: request.precision === 'f32' ? measuring : decoding };
      const work = () => generate(writer, request, speakersOf(request.speakers), signal);
      return inTurn(true, signal, work).catch(error => {
        if (signal.aborted && error === signal.reason) return nothing;
        throw error;
      });
    },
    async score(rows, speaker, signal) {
      const scores: { loss: number; tokens: number }[] = [];
      for (const batch of batchesByLength(rows, BATCH_TOKENS)) {
        const work = () =>
          scoring.score(
            batch.map(i => rows[i]),
            speakersOf([speaker]),
          );
        (await inTurn(false, signal, work)).forEach((score, at) => {
          scores[batch[at]] = score;
        });
      }
      return scores;
    },
    close: () =>
      inTurn(false, new AbortController().signal, async () => {
        await decoding.close();
        await measuring.close();
        await scoring.close();
      }),
  };
}
