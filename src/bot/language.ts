// In which language something is said: what everybody reads follows the channel, what one person reads follows that person.
import { findChannel } from '../data/channels.ts';
import type { PersonRow } from '../data/people.ts';
import type { Lang } from '../words/words.ts';
import type { Bot } from './bot.ts';

/** For a message that everybody in the channel (the platform's id) sees: the channel's language, else the workspace's, else the installation's. */
export async function langIn(bot: Bot, channel: string): Promise<Lang> {
  return readable((await findChannel(bot.db, bot.workspace.id, channel))?.lang) ?? workspaceLang(bot);
}

/** For what `person` alone sees: their own language, else the one of the place that they are in. */
export async function langFor(bot: Bot, person: Pick<PersonRow, 'lang'> | undefined, channel?: string): Promise<Lang> {
  return readable(person?.lang) ?? (channel === undefined ? workspaceLang(bot) : await langIn(bot, channel));
}

const workspaceLang = (bot: Bot): Lang => readable(bot.workspace.lang) ?? bot.lang;

/** `zh-CN`, `zh` and the like; anything that we do not write is nobody's language. */
function readable(lang: string | null | undefined): Lang | undefined {
  const short = lang?.slice(0, 2).toLowerCase();
  return short === 'zh' || short === 'en' ? short : undefined;
}
