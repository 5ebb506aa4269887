// When the words of a place's people may be learned from: what CONSENT says; the local chat guards nobody, so nobody is waited for.
import type { ConsentRule } from '../../data/consent.ts';
import { type Bot, isLocal } from '../bot.ts';

/** CONSENT=ask holds everywhere: whoever sets it wants to be asked. */
export function consentRule(bot: Pick<Bot, 'chat' | 'consent'>): ConsentRule {
  if (bot.consent === 'ask') return 'asked';
  return isLocal(bot) ? 'free' : 'told';
}
