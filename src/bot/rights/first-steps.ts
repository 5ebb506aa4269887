// What comes first for whoever set the bot up: make it theirs, let it learn somewhere, approve. And how the rest of it reads after the first.
import type { Card } from '../../chat/chat.ts';
import { type Lang, say } from '../../words/words.ts';
import { type Bot, mayTrain } from '../bot.ts';

export const firstSteps = (bot: Bot, lang: Lang): Card => ({
  title: say(lang, 'first.title'),
  parts: [{ markdown: [steps(lang, ['first.claim', 'first.on', 'first.approve']), ...rest(bot, lang, 'first.help')].join('\n\n') }],
});

/** For the new owner. */
export const afterClaim = (bot: Bot, lang: Lang): string =>
  [say(lang, 'claim.done'), steps(lang, ['first.on', 'first.approve']), ...rest(bot, lang, 'claim.admins')].join('\n\n');

const steps = (lang: Lang, codes: string[]): string => codes.map((code, i) => `${i + 1}. ${say(lang, code)}`).join('\n');

/** Where the operator has not allowed training, the second step would be refused: it is said before somebody tries. */
const rest = (bot: Bot, lang: Lang, code: string): string[] => [
  say(lang, code),
  ...(mayTrain(bot) ? [] : [say(lang, 'gate.training.off')]),
];
