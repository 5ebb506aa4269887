// One thing that one person said to the bot, or one press of theirs: what every verb is handed.
import type { PersonRow } from '../data/people.ts';
import type { Lang } from '../words/words.ts';
import { type Bot, knownPerson } from './bot.ts';
import { langFor } from './language.ts';
import { type Pressed, placeOf, type Said } from './reply.ts';
import { arrived } from './rights/admin.ts';

export type Asked = { bot: Bot; event: Said; person: PersonRow };
/** For verbs that a button gives, too. */
export type Wanted = { bot: Bot; event: Said | Pressed; person: PersonRow };

export const pressedBy = async (bot: Bot, event: Pressed): Promise<Wanted> => ({
  bot,
  event,
  person: await arrived(bot, await knownPerson(bot, event.person)),
});

/** The language of what this person alone sees. */
export const langOf = ({ bot, event, person }: Wanted): Promise<Lang> => langFor(bot, person, placeOf(event).channel);
