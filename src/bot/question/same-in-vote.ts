// The same question once more while people vote on it: a speaker says the same to it again, and must not give its side away by that.
import { type Compared, comparedNow } from '../../data/comparisons.ts';
import type { Bot } from '../bot.ts';

/** The open comparison, or the one to be, that asks the same. */
export async function sameInVote(bot: Bot, text: string): Promise<Compared | undefined> {
  return (await comparedNow(bot.db, bot.workspace.id)).find(compared => gist(compared.text) === gist(text));
}

/** Without case, punctuation and spaces: what a model answers in much the same way. */
const gist = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
