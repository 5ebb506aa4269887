// What people are called in what the bot says.
import { type Lang, say } from '../words/words.ts';

/** `name`, or the word for somebody whose name is not known (any more). */
export const called = (lang: Lang, name: string | null | undefined): string => name ?? say(lang, 'bot.unknown-person');
