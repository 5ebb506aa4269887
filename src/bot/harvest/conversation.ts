// What stands around an approved message: the whole answer, what it answers, and the notes behind a report (DESIGN §8).
import type { Channel, MessageSnapshot, Place } from '../../chat/chat.ts';
import { asksForReport, isForReports, isTitledReport, reportRequest } from '../../model/report-rule.ts';
import type { Kind } from '../../model/row.ts';
import type { Bot } from '../bot.ts';
import { type Spoken, spoken } from './spoken.ts';

/** `head`: week and name above notes that are no thread's, where they were written down already. */
export type Conversation = { kind: Kind; answer: Spoken[]; question?: Spoken; notes: Spoken[]; head?: string };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Messages of one author that are no further apart are one answer. */
const TOGETHER_MS = 2 * MINUTE;
/** How far around an approved message its other parts are looked for. */
const NEAR_MS = 20 * MINUTE;
/** How far back a thread is read; its first message is fetched in any case. */
const THREAD_DAYS = 30;
const MOST_NOTES = 60;
const MOST_REPLIES = 10;
/** How far back the channel is read for what a message outside of any thread may answer. */
const CANDIDATE_SPANS = [30 * MINUTE, DAY, 7 * DAY];

/** The author's consecutive messages around `message`, each at most two minutes from the next, without those that hold no text. */
export async function answerAround(bot: Bot, message: MessageSnapshot): Promise<Spoken[]> {
  const near = await read(bot, placeOf(message), message.at.getTime() - NEAR_MS, message.at.getTime() + NEAR_MS);
  const level = near.filter(({ thread }) => thread === message.thread);
  const here = level.findIndex(({ ref }) => ref.id === message.ref.id);
  if (here < 0) return [await spoken(bot, message)];
  let [first, last] = [here, here];
  while (first > 0 && goOn(level[first - 1], level[first])) first--;
  while (last + 1 < level.length && goOn(level[last], level[last + 1])) last++;
  return level.slice(first, last + 1).filter(({ text }) => text !== '');
}

/** Is `b` the same answer as the message before it? A report, a request for one, and a reply to something else begin anew. */
function goOn(a: Spoken, b: Spoken): boolean {
  return (
    a.author === b.author &&
    !a.fromBot &&
    b.at.getTime() - a.at.getTime() <= TOGETHER_MS &&
    !isTitledReport(b.text) &&
    !isRequest(a.text) &&
    (b.replyTo === undefined || b.replyTo === a.replyTo)
  );
}

/** A line that asks for a report, and nothing more. */
const isRequest = (text: string): boolean => asksForReport(text) && !text.includes('\n');

/** What `answer` answers, and what kind of answer it is. `chosen`: the question that a person named. Without question and notes where there are none. */
export async function conversationOf(bot: Bot, channel: Channel, answer: Spoken[], chosen?: Spoken): Promise<Conversation> {
  const [first] = answer;
  const before = await earlierInThread(bot, first);
  const root = before.find(({ ref }) => ref.id === first.thread);
  const others = before.filter(({ author, text }) => author !== first.author && text !== '');
  const question = chosen ?? (await repliedTo(bot, first)) ?? others.at(-1) ?? (root?.text ? root : undefined);
  const request = [question, root, ...others.toReversed()].find(message => message && asksForReport(message.text));
  const report = isTitledReport(first.text) || request !== undefined || isForReports(channel.purpose);
  if (!report) return { kind: 'qa', answer, question, notes: [] };
  const inThread = before.filter(({ author, ref, text }) => author === first.author && ref.id !== request?.ref.id && text !== '');
  const inRequest = request && reportRequest(request.text)?.notes;
  const notes = inThread.length > 0 || inRequest ? inThread : await notesOfWeek(bot, answer);
  return { kind: 'report', answer, question: request, notes: notes.slice(-MOST_NOTES) };
}

/** Is this approved message itself a question (or a request) rather than an answer? */
export async function isQuestion(bot: Bot, message: Spoken): Promise<boolean> {
  const asks = /[?？]\s*$/u.test(message.text) || isRequest(message.text);
  if (message.replyTo !== undefined) return false;
  if (message.thread !== undefined) {
    const root = asks ? await bot.chat.fetchMessage({ channel: message.ref.channel, id: message.thread }) : 'deleted';
    return typeof root !== 'string' && root.author === message.author;
  }
  if (asks || isTitledReport(message.text)) return asks;
  const from = message.at.getTime();
  const replies = await read(bot, { channel: message.ref.channel ?? '', thread: message.ref.id }, from, from + THREAD_DAYS * DAY);
  return replies.some(({ author, fromBot }) => author !== message.author && !fromBot);
}

/** Up to three messages by others that a message may answer, the nearest first. */
export async function candidates(bot: Bot, [first]: Spoken[]): Promise<Spoken[]> {
  const until = first.at.getTime();
  let found: Spoken[] = [];
  for (const span of CANDIDATE_SPANS) {
    const earlier = before(await read(bot, { channel: first.ref.channel ?? '' }, until - span, until + 1), first);
    found = earlier.filter(
      ({ author, thread, text, fromBot }) => author !== first.author && thread === undefined && text !== '' && !fromBot,
    );
    if (found.length >= 3) break;
  }
  return found.slice(-3).toReversed();
}

/** The thread's messages before `message`, its first one included, without the bot's. */
export async function earlierInThread(bot: Bot, message: Spoken): Promise<Spoken[]> {
  if (message.thread === undefined) return [];
  const until = message.at.getTime();
  const earlier = before(await read(bot, placeOf(message), until - THREAD_DAYS * DAY, until + 1), message);
  const known = earlier.some(({ ref }) => ref.id === message.thread);
  const root = known ? 'deleted' : await bot.chat.fetchMessage({ channel: message.ref.channel, id: message.thread });
  return [...(typeof root === 'string' ? [] : [await spoken(bot, root)]), ...earlier].filter(({ fromBot }) => !fromBot);
}

/** The message that `message` replies to; where that is the author's own, the one that it replies to. */
async function repliedTo(bot: Bot, message: Spoken): Promise<Spoken | undefined> {
  let at: MessageSnapshot = message;
  for (let step = 0; step < MOST_REPLIES && at.replyTo !== undefined; step++) {
    const next = await bot.chat.fetchMessage({ channel: at.ref.channel, id: at.replyTo });
    if (typeof next === 'string' || next.fromBot) return undefined;
    if (next.author !== message.author) return spoken(bot, next);
    at = next;
  }
  return undefined;
}

/** What the author wrote in the channel during the week before: no reports, and no requests for one. */
async function notesOfWeek(bot: Bot, answer: Spoken[]): Promise<Spoken[]> {
  const [first] = answer;
  const until = first.at.getTime();
  const week = before(await read(bot, { channel: first.ref.channel ?? '' }, until - 7 * DAY, until + 1), first);
  return week.filter(({ author, text }) => author === first.author && text !== '' && !isTitledReport(text) && !isRequest(text));
}

/** Without `message` and what came after it; several may have been said in one millisecond. */
function before(messages: Spoken[], message: Spoken): Spoken[] {
  const here = messages.findIndex(({ ref }) => ref.id === message.ref.id);
  return here < 0 ? messages : messages.slice(0, here);
}

async function read(bot: Bot, place: Place, from: number, until: number): Promise<Spoken[]> {
  const messages: Spoken[] = [];
  for await (const message of bot.chat.history(place, new Date(from), new Date(until))) messages.push(await spoken(bot, message));
  return messages;
}

const placeOf = ({ ref, thread }: MessageSnapshot): Place => ({ channel: ref.channel ?? '', ...(thread !== undefined && { thread }) });
