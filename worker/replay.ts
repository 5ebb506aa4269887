// Replay rows: general questions with the base's own answers, made before training and mixed into it, so that the model keeps them.
import { replayQuestions } from '../src/model/general-replay.ts';
import type { TextLanguage } from '../src/model/language.ts';
import type { TrainingRow } from '../src/model/settings.ts';
import { type Asking, baseAnswers } from './general.ts';

/**
 * `count` rows at most (there are some 200 questions), in the examples' language first. `answersOf` asks the base, or remembers what it
 * said. Rejects with the signal's reason when aborted.
 */
export async function makeReplay({
  count,
  language,
  answersOf = baseAnswers,
  ...asking
}: Asking & { count: number; language: TextLanguage; answersOf?: typeof baseAnswers }): Promise<TrainingRow[]> {
  const { en, zh } = replayQuestions;
  const questions = (language === 'zh' ? [...zh, ...en] : en).slice(0, count);
  const answers = await answersOf(questions, asking);
  return answers.map(({ prompt, answer }) => ({ ids: [...prompt, ...answer], answer: prompt.length, part: 'replay' }));
}
