// The person whom somebody names in a command.
import { type PersonRow, peopleNamed } from '../../data/people.ts';
import { Refusal } from '../../problem.ts';
import { type Bot, knownPerson } from '../bot.ts';

const MENTION = /^\[@[^\]]*\]\(person:([^)\s]+)\)$/u;

/** `named`: as namesIn gives it. Throws a Refusal for somebody who is not known here, and where two are called so. */
export async function personMeant(bot: Bot, named: string): Promise<PersonRow> {
  const [, ext] = MENTION.exec(named) ?? [];
  if (ext !== undefined) return knownPerson(bot, ext);
  const name = named.replace(/^@/u, '').trim();
  const found = await peopleNamed(bot.db, bot.workspace.id, name);
  if (found.length === 1) return found[0];
  throw new Refusal(found.length === 0 ? 'gate.person.unknown' : 'gate.person.several', { name: name.slice(0, 40) });
}
