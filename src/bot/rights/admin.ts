// Who decides for everybody: owner and admins. The local chat belongs to the first person who turns to the bot.
import { adminsOf, ownUnowned, type PersonRow } from '../../data/people.ts';
import { Refusal } from '../../problem.ts';
import type { Bot } from '../bot.ts';

export const isAdmin = ({ role }: Pick<PersonRow, 'role'>): boolean => role !== 'member';

/** Throws a Refusal that names who may. */
export async function refuseUnlessAdmin(bot: Bot, person: PersonRow): Promise<void> {
  if (isAdmin(person)) return;
  const names = (await adminsOf(bot.db, bot.workspace.id)).flatMap(({ name }) => name ?? []);
  throw names.length > 0 ? new Refusal('admin.only', { names: names.join(', ') }) : new Refusal('admin.nobody');
}

/** `person` as they are once they have turned to the bot: the first one owns the local chat; elsewhere nobody becomes an owner by that. */
export async function arrived(bot: Bot, person: PersonRow): Promise<PersonRow> {
  if (bot.chat.platform !== 'local' || isAdmin(person) || person.guest || person.bot) return person;
  return (await ownUnowned(bot.db, person)) ?? person;
}
