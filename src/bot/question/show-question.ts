// A question's message follows its rows: asked again whenever they change, it says what they say now.

import { channelById } from '../../data/channels.ts';
import { type AnswerRow, type QuestionRow, questionById } from '../../data/questions.ts';
import { versionById } from '../../data/versions.ts';
import { votesBySide } from '../../data/votes.ts';
import { liveWorkers } from '../../data/workers.ts';
import type { Problem } from '../../problem.ts';
import { say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { langIn } from '../language.ts';
import { post } from '../reply.ts';
import { type AnswerFacts, type QuestionFacts, questionCard } from './comparison.ts';

/** Makes the question's post say what its rows say now. */
export async function showQuestion(bot: Bot, id: number): Promise<void> {
  const found = await questionById(bot.db, id);
  if (!found || found.question.workspace !== bot.workspace.id) return;
  const { question } = found;
  const channel = await channelById(bot.db, question.channel);
  if (!channel) return;
  const lang = await langIn(bot, channel.ext);
  const failure = question.failureCode ? say(lang, question.failureCode, question.failureValues ?? {}) : undefined;
  const detail = question.detail as { input?: string; warning?: Problem };
  const facts: QuestionFacts = {
    id,
    kind: question.kind === 'report' ? 'report' : 'qa',
    question: question.turns.at(-1)?.content ?? '',
    notes: detail.input ?? '',
    answers: await answerFacts(bot, found),
    comparison: question.comparison,
    warning: detail.warning && say(lang, detail.warning.code, detail.warning.values),
    failure: question.state === 'failed' ? say(lang, 'ask.failed', { problem: failure ?? '' }) : undefined,
    waiting: (await liveWorkers(bot.db)).length > 0 ? 'answer' : 'worker',
    closed: question.closedAt ? await votesBySide(bot.db, id) : undefined,
  };
  await post(bot, `question:${id}`, { channel: channel.ext, thread: question.thread ?? undefined }, questionCard(lang, facts));
}

/** The answers with the numbers that people know their versions by. */
export function answerFacts(bot: Bot, { answers }: { question: QuestionRow; answers: AnswerRow[] }): Promise<AnswerFacts[]> {
  return Promise.all(
    answers.map(async ({ side, text, version }) => {
      const speaker = version === null ? undefined : await versionById(bot.db, version);
      return { side, text, version: speaker?.no };
    }),
  );
}
