// Where people talk to the bot when it has no page of its own, as one phrase: "Slack and Feishu".
import { type Lang, say } from './words.ts';

/** `platforms`: the names that chats have for themselves (chat.platform). */
export const talkPlaces = (lang: Lang, platforms: string[]): string =>
  new Intl.ListFormat(lang, { type: 'conjunction' }).format(platforms.map(platform => say(lang, `place.${platform}`)));
