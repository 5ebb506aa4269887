// A question's message follows its rows: asked again whenever they change, it says what they say now.
import { channelById } from '../../data/channels.ts';
import { detailOf } from '../../data/question-detail.ts';
import { placeInQueue, type QuestionRow, questionById } from '../../data/questions.ts';
import { listVersions, versionById } from '../../data/versions.ts';
import { countVotes, votesBySide } from '../../data/votes.ts';
import { liveWorkers } from '../../data/workers.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { inTurn } from '../in-turn.ts';
import { langIn } from '../language.ts';
import { post } from '../reply.ts';
import { troubles } from '../run/who-works.ts';
import { draftFacts } from '../weekly/draft-facts.ts';
import { type QuestionFacts, questionCard } from './comparison.ts';
import { nearFacts } from './near-line.ts';
import { answerFacts } from './sides.ts';

/** Makes the question's post say what its rows say now. */
export const showQuestion = (bot: Bot, id: number): Promise<void> => inTurn(bot, `question:${id}`, () => draw(bot, id));

async function draw(bot: Bot, id: number): Promise<void> {
  const found = await questionById(bot.db, id);
  if (!found || found.question.workspace !== bot.workspace.id || found.question.kind === 'exam') return;
  const { question, answers } = found;
  // Its text was erased, and its message says so.
  if (question.turns.length === 0) return;
  const channel = await channelById(bot.db, question.channel);
  if (!channel) return;
  const lang = await langIn(bot, channel.ext);
  const failure = question.failureCode ? say(lang, question.failureCode, question.failureValues ?? {}) : undefined;
  const { warning } = detailOf(question);
  const facts: QuestionFacts = {
    id,
    question: question.turns.at(-1)?.content ?? '',
    draft: await draftFacts(bot, question),
    answers: await answerFacts(bot, answers),
    comparison: question.comparison,
    tried: await triedSpeaker(bot, question),
    untrained: question.version === null && (await listVersions(bot.db, bot.workspace.id, 1)).length === 0,
    warning: warning && say(lang, warning.code, warning.values),
    failure: question.state === 'failed' ? say(lang, 'ask.failed', { problem: failure ?? '' }) : undefined,
    waiting: answers.length > 0 ? undefined : await whatItWaitsFor(bot, lang, question),
    votes: question.comparison ? await countVotes(bot.db, id) : 0,
    closed: question.closedAt ? await votesBySide(bot.db, id) : undefined,
    near: await nearFacts(bot, question.nearExample),
    learns: channel.kind === 'open' && channel.learn === 'on',
  };
  await post(bot, `question:${id}`, { channel: channel.ext, thread: question.thread ?? undefined }, questionCard(lang, facts));
}

async function triedSpeaker(bot: Bot, question: QuestionRow): Promise<'base' | number | undefined> {
  if (!detailOf(question).tried) return undefined;
  return question.version === null ? 'base' : (await versionById(bot.db, question.version))?.no;
}

async function whatItWaitsFor(bot: Bot, lang: Lang, question: QuestionRow): Promise<QuestionFacts['waiting']> {
  const worker = (await liveWorkers(bot.db)).length > 0;
  return { before: await placeInQueue(bot.db, question), worker, trouble: worker ? undefined : (await troubles(bot.db, lang))[0] };
}
