// The team's exam: base and new version answer its questions greedily, alone (no approved answer before them), so that what changes from
// version to version is what was learned.
import type { ExamQuestion } from '../src/data/exam.ts';
import { exampleTurns, promptIds } from '../src/model/prompt.ts';
import type { ExamAnswer } from '../src/model/report-card.ts';
import { withoutSelfNaming } from '../src/model/self-naming.ts';
import type { Adapter } from './engine/generator.ts';
import type { Asking } from './general.ts';
import { GREEDY, QA_TOKENS } from './speaking.ts';

export type Exam = Asking & {
  questions: Pick<ExamQuestion, 'no' | 'text'>[];
  adapter: Adapter;
  /** The base's name, which no answer says, and its context in tokens. */
  base: { name: string; maxPositions: number };
};

/** One question after the other, so that people's questions come between; one too long for the model is left out. Rejects with the signal's reason. */
export async function sitExam({ questions, adapter, base, generator, tokenizer, signal, onProgress }: Exam): Promise<ExamAnswer[]> {
  const answers: ExamAnswer[] = [];
  const stop = { tokens: tokenizer.endTokens, maxTokens: QA_TOKENS, repeatedLine: true };
  for (const [index, { no, text }] of questions.entries()) {
    const prompt = promptIds(tokenizer, exampleTurns({ instruction: text, input: '' }));
    if (prompt.length + QA_TOKENS <= base.maxPositions) {
      const request = { prompt, speakers: ['base' as const, adapter], sampling: GREEDY, stop, precision: 'f32' as const };
      const said = await generator.generate(request, signal);
      signal.throwIfAborted();
      const [plain, tuned] = said.map(answer => withoutSelfNaming(answer.text, [base.name]).trim());
      answers.push({ no, question: text, base: plain, tuned });
    }
    onProgress?.(index + 1, questions.length);
  }
  return answers;
}
