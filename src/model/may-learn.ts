// May this be learned? The only place that decides it: the harvest asks for every message and every ✅, and obeys.
import type { Problem } from '../problem.ts';

export type LearnFacts = {
  channel: { kind: 'open' | 'private' | 'direct' | 'external' | 'restricted'; learn: 'on' | 'off' };
  /** What was approved: a text to learn from, or why it is none. */
  message: 'text' | 'ownBot' | 'question' | 'noText' | 'tooShort' | 'tooLong' | 'noQuestion' | 'noNotes' | 'beforeOn';
  /** Why the secret gate lets the text through in no form. */
  unmaskable?: Problem;
  author: { bot: boolean; consent: 'unset' | 'in' | 'out'; forgotten: boolean };
  /** Whose ✅ it is; left out, it is asked of the message alone. */
  approver?: { guest: boolean; bot: boolean; isAuthor: boolean; role: 'member' | 'admin' | 'owner'; listed: boolean };
  rule: { approve: 'anyone' | 'listed' | 'admins'; ownCounts: boolean };
};

export type LearnVerdict = { yes: true } | { no: Problem };

/**
 * Private, direct, externally shared and restricted channels: never, whatever anybody has switched on.
 * The problem's code is a sentence of words/ for the person whose ✅ it is.
 */
export function mayLearn({ channel, message, unmaskable, author, approver, rule }: LearnFacts): LearnVerdict {
  if (channel.kind !== 'open') return no(`place.${channel.kind}`);
  if (channel.learn !== 'on') return no('place.off');
  if (message === 'ownBot' || author.bot) return no('bot');
  if (message !== 'text') return no(message);
  if (unmaskable) return { no: unmaskable };
  if (author.forgotten || author.consent === 'out') return no('author');
  if (!approver) return { yes: true };
  if (approver.bot) return no('approver.bot');
  if (approver.guest) return no('approver.guest');
  if (approver.isAuthor && !rule.ownCounts) return no('approver.own');
  if (rule.approve === 'listed' && !approver.listed) return no('approver.listed');
  if (rule.approve === 'admins' && approver.role === 'member') return no('approver.admins');
  return { yes: true };
}

const no = (why: string): LearnVerdict => ({ no: { code: `harvest.no.${why}`, values: {} } });
