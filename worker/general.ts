// General questions with the base's own greedy answers: what replay rows are made of, and what forgetting is measured against.
import { checkQuestions } from '../src/model/general-check.ts';
import type { TextLanguage } from '../src/model/language.ts';
import { exampleTurns, promptIds } from '../src/model/prompt.ts';
import type { ChatTokenizer } from '../src/model/tokenizer.ts';
import type { Generator } from './engine/generator.ts';
import { GREEDY } from './speaking.ts';

/** Token ids; the answer has its end token where the base ended by itself. */
export type GeneralAnswer = { prompt: number[]; answer: number[] };

export type Asking = {
  generator: Generator;
  tokenizer: ChatTokenizer;
  signal: AbortSignal;
  onProgress?: (done: number, total: number) => void;
};

/** Where a small model has not ended it rambles; a beginning says as much about how it answers. */
const ANSWER_TOKENS = 64;

/** The base's answers, one a question; empty ones are left out. Rejects with the signal's reason when aborted. */
export async function baseAnswers(questions: string[], { generator, tokenizer, signal, onProgress }: Asking): Promise<GeneralAnswer[]> {
  const answers: GeneralAnswer[] = [];
  const stop = { tokens: tokenizer.endTokens, maxTokens: ANSWER_TOKENS, repeatedLine: true };
  for (const [index, instruction] of questions.entries()) {
    const prompt = promptIds(tokenizer, exampleTurns({ instruction, input: '' }));
    const [{ tokens, why }] = await generator.generate({ prompt, speakers: ['base'], sampling: GREEDY, stop }, signal);
    signal.throwIfAborted();
    if (tokens.length > 0) answers.push({ prompt, answer: why === 'end' ? [...tokens, ...tokenizer.encode(tokenizer.endOfTurn)] : tokens });
    onProgress?.(index + 1, questions.length);
  }
  return answers;
}

/** The forgetting check: twenty questions that no run learns from. */
export const checkAnswers = (language: TextLanguage, asking: Asking): Promise<GeneralAnswer[]> =>
  baseAnswers(checkQuestions[language], asking);
