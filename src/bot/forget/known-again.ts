// Somebody who was forgotten and has turned to the bot since: what came of that can be forgotten, too.
import { countHeld } from '../../data/held.ts';
import { examplesBehind } from '../../data/lineage.ts';
import type { PersonRow } from '../../data/people.ts';
import { recipients } from '../../data/posts.ts';
import type { Bot } from '../bot.ts';
import { forgottenExt } from './identity.ts';

type Of = Pick<Bot, 'db' | 'workspace' | 'splitKey'>;

/** The platform's id of the person: of one who was forgotten, as far as a message to them tells it again; else the hash that stands for it. */
export async function extAgain(bot: Of, { ext, forgottenAt }: PersonRow): Promise<string> {
  if (forgottenAt === null) return ext;
  return (await recipients(bot.db, bot.workspace.id)).find(known => forgottenExt(bot, known) === ext) ?? ext;
}

/** Whether anything is held of somebody who was forgotten. */
export async function isHeldAgain(bot: Of, person: PersonRow): Promise<boolean> {
  if ((await countHeld(bot.db, person.id)).questions > 0 || (await examplesBehind(bot.db, person.id)).length > 0) return true;
  return (await extAgain(bot, person)) !== person.ext;
}
