// Where nothing tells what an approved answer answers, the approver is asked, privately and with buttons; the press makes the example.
import type { MessageSnapshot, Place } from '../../chat/chat.ts';
import type { PersonRow } from '../../data/people.ts';
import { say } from '../../words/words.ts';
import { type Bot, knownPerson } from '../bot.ts';
import { maskedOrNothing } from '../examples/keepable.ts';
import { shortOf } from '../short.ts';
import type { Spoken } from './spoken.ts';
import { tellOnce } from './tell.ts';

const LABEL_CHARACTERS = 60;

/** `choices`: what it may answer, the nearest first. */
export async function askWhich(bot: Bot, person: PersonRow, place: Place, answer: MessageSnapshot, choices: Spoken[]): Promise<void> {
  const named = await Promise.all(
    choices.map(async ({ author, text, ref }) => ({
      id: ref.id,
      label: `${(await knownPerson(bot, author)).name ?? ''}: ${maskedOrNothing(text) ?? '…'}`,
    })),
  );
  const value = (question: string) => JSON.stringify([answer.ref.channel, answer.ref.id, question]);
  const button = (label: string, question: string) => ({
    label: shortOf(label, LABEL_CHARACTERS),
    action: 'which-question',
    value: value(question),
  });
  await tellOnce(bot, `which:${answer.ref.id}:${person.id}`, person, place, lang => ({
    title: '',
    parts: [
      { markdown: say(lang, 'harvest.which', { link: answer.permalink }) },
      { buttons: [...named.map(({ label, id }) => button(label, id)), button(say(lang, 'harvest.which.none'), '')] },
    ],
  }));
}

/** Reads the value of a press on such a button; undefined where it is none of ours. */
export function readWhich(value: string): { channel: string; answer: string; question: string } | undefined {
  let read: unknown;
  try {
    read = JSON.parse(value);
  } catch {
    return undefined;
  }
  if (!Array.isArray(read) || read.length !== 3 || !read.every(part => typeof part === 'string')) return undefined;
  const [channel, answer, question] = read as string[];
  return { channel, answer, question };
}
