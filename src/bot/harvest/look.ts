// A look: a message of the chat is fetched as it is now, with its ✅, and our rows are made to agree with it (DESIGN §3).
// A ✅ given or taken back, an edit, a deletion, a restart and the check before a run all come to this one thing.
import type { MessageRef, MessageSnapshot } from '../../chat/chat.ts';
import { RetryLater } from '../../chat/errors.ts';
import { type ChannelRow, findChannel } from '../../data/channels.ts';
import { chatExample, exampleOfAnswer, examplesOfMessage, type Source, sourcesOf } from '../../data/chat-examples.ts';
import {
  databaseNow,
  findMessage,
  markLookedAt,
  markLookFailed,
  messagesBeforeRun,
  messagesToLookAt,
  type PlacedMessage,
  rememberUnseen,
} from '../../data/messages.ts';
import { personById } from '../../data/people.ts';
import { type Bot, knownChannel } from '../bot.ts';
import { consider, writersOf } from './consider.ts';
import { fetchingAhead } from './fetch-ahead.ts';
import { placeOf, showReceipt, takeReceiptBack } from './receipt.ts';
import { saidHere } from './said-here.ts';
import { type Seen, type Settled, settle } from './settle.ts';
import { type Spoken, spoken } from './spoken.ts';
import { tellWhyNot } from './tell.ts';

/** So many waiting messages are looked at before events that came meanwhile have their turn. */
const AT_A_TIME = 5;
const FRESH_S = 3_600;

/** Looks at one message: at every example that it is part of, or whether it makes one. `question`: what a person says that it answers. */
export async function look(bot: Bot, ref: MessageRef, question?: MessageRef): Promise<void> {
  const moment = await databaseNow(bot.db);
  const row = await findMessage(bot.db, bot.workspace.id, ref);
  const pointing = row ? await examplesOfMessage(bot.db, row.id) : [];
  for (const { example } of pointing) await lookAtExample(bot, example);
  if (!pointing.some(({ part }) => part === 'answer')) {
    const message = await bot.chat.fetchMessage(ref);
    const approved = typeof message !== 'string' && (await saidHere(bot, message)).message.approvedBy.length > 0;
    if (approved) await lookAtNew(bot, message, question);
  }
  if (row) await markLookedAt(bot.db, [row.id], moment);
}

async function lookAtNew(bot: Bot, message: MessageSnapshot, question?: MessageRef): Promise<void> {
  const found = await consider(bot, message, question);
  if (!found) return;
  const first = await findMessage(bot.db, bot.workspace.id, found.talk.answer[0].ref);
  const known = first && (await exampleOfAnswer(bot.db, first.id));
  // The answer went on after it was kept: whoever approves of a later part approves of all of it.
  if (known) return void (await lookAtExample(bot, known.id, { more: found.talk.answer, renewed: message.approvedBy }));
  const { settled, refused } = await settle(bot, undefined, found);
  if (settled) return show(bot, found, settled, await databaseNow(bot.db));
  for (const { person, problem } of refused) await tellWhyNot(bot, person, placeOf(found), problem);
}

/**
 * Looks at all messages of one example. `renewed`: people (the platform's ids) who approve of the text as it is now; `agreed`: somebody
 * who approves of it without its secrets; `more`: parts that its answer got.
 */
export async function lookAtExample(
  bot: Bot,
  id: number,
  { more = [], renewed = [], agreed }: { more?: Spoken[]; renewed?: string[]; agreed?: Seen['agreed'] } = {},
): Promise<Settled | undefined> {
  const example = await chatExample(bot.db, id);
  if (!example || example.state === 'refused') return undefined;
  const sources = await sourcesOf(bot.db, id);
  if (example.state === 'erased') {
    for (const { part, channel, ext } of sources) if (part === 'answer') await takeReceiptBack(bot, { channel, id: ext });
    return undefined;
  }
  const looks = await Promise.all(sources.map(async source => ({ source, now: await seenNow(bot, source) })));
  const of = (part: Source['part']) => looks.flatMap(({ source, now }) => (source.part === part && typeof now !== 'string' ? [now] : []));
  const answer = [...of('answer'), ...more.filter(({ ref }) => !sources.some(({ ext }) => ext === ref.id))].sort(byTime);
  const talk = { kind: example.kind, answer, question: of('question')[0], notes: of('notes').sort(byTime) };
  const present = looks.every(({ now }) => typeof now !== 'string');
  const author = (await personById(bot.db, example.author!))!;
  const seen: Seen = {
    channel: await channelOf(bot, sources, answer),
    author,
    talk,
    writers: await writersOf(bot, [...answer, ...of('question'), ...of('notes')]),
    sources: present && sources.length > 0,
    renewed: new Set(renewed),
    agreed,
    origin: example.origin,
  };
  const { settled } = await settle(bot, id, seen);
  await show(bot, seen, settled!, await databaseNow(bot.db), sources);
  return settled;
}

async function seenNow(bot: Bot, { message, channel, ext }: Source): Promise<Spoken | 'deleted' | 'hidden'> {
  const now = await bot.chat.fetchMessage({ channel, id: ext });
  if (typeof now !== 'string') return spoken(bot, (await saidHere(bot, now)).message);
  await rememberUnseen(bot.db, message, now);
  return now;
}

async function show(bot: Bot, seen: Seen, settled: Settled, moment: string, sources: Source[] = []): Promise<void> {
  await showReceipt(bot, seen, settled);
  await markLookedAt(bot.db, [...new Set([...settled.answers, ...sources.map(({ message }) => message)])], moment);
}

/** The channel as it is now; as it was known where none of the messages can be seen. */
async function channelOf(bot: Bot, sources: Source[], seen: Spoken[]): Promise<ChannelRow> {
  const ext = sources.find(({ part }) => part === 'answer')!.channel;
  const known = seen.length === 0 ? await findChannel(bot.db, bot.workspace.id, ext) : undefined;
  return known ?? (await knownChannel(bot, ext)).channel;
}

const byTime = (a: Spoken, b: Spoken): number => a.at.getTime() - b.at.getTime();

/** Looks at some of the messages that were touched and not looked at, or not looked at since `since` (a start-up). False where there were none. */
export async function lookAtWaiting(bot: Bot, since: string): Promise<boolean> {
  for (let looks = 0; looks < AT_A_TIME; looks++) {
    // One by one: a look at an example is one at all of its messages.
    const [message] = await messagesToLookAt(bot.db, bot.workspace.id, since, 1);
    if (!message) return looks > 0;
    await lookAgain(bot, message).catch(async problem => {
      if (!(problem instanceof RetryLater)) bot.report(problem, `look at message ${message.id}`);
      await markLookFailed(bot.db, message.id);
    });
  }
  return true;
}

/**
 * The check before a run: every message that it could learn from and that was touched, or not looked at for an hour. Where edits come as
 * no event, every one.
 */
export async function lookBeforeRun(bot: Bot): Promise<void> {
  const due = new Set<number>();
  for (const message of await messagesBeforeRun(bot.db, bot.workspace.id, bot.chat.editsAreSilent ? 0 : FRESH_S))
    for (const { example } of await examplesOfMessage(bot.db, message.id)) due.add(example);
  const refs: MessageRef[] = [];
  for (const example of due) for (const { channel, ext } of await sourcesOf(bot.db, example)) refs.push({ channel, id: ext });
  const ahead = fetchingAhead(bot, refs);
  for (const example of due) await lookAtExample(ahead, example);
}

const lookAgain = (bot: Bot, { channelExt, ext }: PlacedMessage): Promise<void> => look(bot, { channel: channelExt, id: ext });
