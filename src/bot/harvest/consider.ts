// An approved message that belongs to no example yet: does it make one? Where it does not, everybody whose ✅ it is hears why.
import type { MessageRef, MessageSnapshot } from '../../chat/chat.ts';
import { findPerson, type PersonRow } from '../../data/people.ts';
import { type LearnFacts, mayLearn } from '../../model/may-learn.ts';
import { type Bot, knownChannel, knownPerson } from '../bot.ts';
import { factsAt, learnFacts, mayCount } from './authority.ts';
import { answerAround, candidates, conversationOf, isQuestion } from './conversation.ts';
import { placeOf } from './receipt.ts';
import { talkOfReport } from './report-talk.ts';
import { saidHere } from './said-here.ts';
import type { Seen } from './settle.ts';
import { kindOfText, type Spoken, spoken } from './spoken.ts';
import { tellWhyNot } from './tell.ts';
import { askWhich } from './which-question.ts';

/** Where an example comes from whose answer we posted for a person. */
const ORIGINS = { better: 'correction', report: 'report_edit' } as const;

/** What the message makes with those around it; undefined where that is nothing to learn from. `question`: what a person says that it answers. */
export async function consider(bot: Bot, shownAs: MessageSnapshot, question?: MessageRef): Promise<Seen | undefined> {
  const { message, as, asked, question: answered } = await saidHere(bot, shownAs);
  const { channel, shown } = await knownChannel(bot, message.ref.channel ?? '');
  const approvers = await Promise.all(message.approvedBy.map(ext => knownPerson(bot, ext)));
  const approved = await spoken(bot, message);
  const place = { channel: channel.ext, ...(message.thread !== undefined && { thread: message.thread }) };
  const refuse = async (facts: LearnFacts): Promise<boolean> => {
    const verdict = mayLearn(facts);
    if ('no' in verdict) for (const person of approvers) await tellWhyNot(bot, person, place, verdict.no);
    return 'no' in verdict;
  };

  if (await refuse(factsAt(channel, message.fromBot ? 'ownBot' : kindOfText(approved.text)))) return undefined;
  if (!as && (await isQuestion(bot, approved))) return void (await refuse(factsAt(channel, 'question')));
  const answer = as ? [approved] : await answerAround(bot, message);
  const named = question ?? answered;
  const chosen = named && (await chosenMessage(bot, named));
  const talk =
    as === 'report' && asked ? await talkOfReport(bot, asked, approved, chosen) : await conversationOf(bot, shown, answer, chosen);
  const author = await knownPerson(bot, message.author);
  const writers = await writersOf(bot, [...answer, ...(talk.question ? [talk.question] : []), ...talk.notes]);
  const seen: Seen = { channel, author, talk, writers, sources: true, origin: as && ORIGINS[as] };
  const facts = learnFacts(seen);
  if (facts.message === 'noQuestion') {
    const asked = await askWhom(bot, seen, facts, approvers);
    const choices = asked.length > 0 ? await candidates(bot, answer) : [];
    if (choices.length > 0) {
      for (const person of asked) await askWhich(bot, person, placeOf(seen), message, choices);
      return undefined;
    }
  }
  const early = facts.message === 'text' && isBeforeOn(seen);
  return (await refuse(early ? { ...facts, message: 'beforeOn' } : facts)) ? undefined : seen;
}

/** Where people have switched learning on, it holds from then on: nothing of a new example may be older. */
const isBeforeOn = ({ channel: { setAt }, talk: { answer, question, notes } }: Seen): boolean =>
  setAt !== null && [...answer, ...(question ? [question] : []), ...notes].some(({ at }) => at < setAt);

/** Those whose ✅ would count if the question were known; the others hear why theirs does not. */
async function askWhom(bot: Bot, seen: Seen, facts: LearnFacts, approvers: PersonRow[]): Promise<PersonRow[]> {
  const asked: PersonRow[] = [];
  for (const person of approvers) {
    const verdict = await mayCount(bot, seen.channel, { ...facts, message: 'text' }, seen.author, person);
    if ('no' in verdict) await tellWhyNot(bot, person, placeOf(seen), verdict.no);
    else asked.push(person);
  }
  return asked;
}

async function chosenMessage(bot: Bot, ref: MessageRef): Promise<Spoken | undefined> {
  const message = await bot.chat.fetchMessage(ref);
  return typeof message === 'string' ? undefined : spoken(bot, message);
}

/** Everybody who wrote one of the messages, by the platform's id; the chat is asked only about people who are not known yet. */
export async function writersOf(bot: Bot, messages: MessageSnapshot[]): Promise<Map<string, PersonRow>> {
  const exts = [...new Set(messages.map(({ author }) => author))];
  const row = async (ext: string) => (await findPerson(bot.db, bot.workspace.id, ext)) ?? knownPerson(bot, ext);
  return new Map(await Promise.all(exts.map(async ext => [ext, await row(ext)] as const)));
}
