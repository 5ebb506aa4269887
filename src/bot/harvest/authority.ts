// What mayLearn is told: the facts about a message, and about each person whose ✅ it has.
import { isListedApprover } from '../../data/approvals.ts';
import type { ChannelRow } from '../../data/channels.ts';
import type { ChatExample } from '../../data/chat-examples.ts';
import type { PersonRow } from '../../data/people.ts';
import { type LearnFacts, type LearnVerdict, mayLearn } from '../../model/may-learn.ts';
import { throughGate } from '../../model/secret-gate.ts';
import type { Bot } from '../bot.ts';
import type { Conversation } from './conversation.ts';
import { rowOf } from './row.ts';
import { kindOfText } from './spoken.ts';

/** The facts of messages that make a row; everybody who wrote one of them has a say. */
export function learnFacts({
  channel,
  author,
  talk,
  writers,
  origin,
}: {
  channel: ChannelRow;
  author: PersonRow;
  talk: Conversation;
  writers: Map<string, PersonRow>;
  origin?: ChatExample['origin'];
}): LearnFacts {
  const row = rowOf(talk, { name: '', tz: 'UTC' });
  const { instruction, input, output } = row;
  const gated = throughGate(row);
  const whole = kindOfText([instruction, input, output].join('\n'));
  const people = [author, ...writers.values()];
  const facts = factsAt(channel, whole === 'tooLong' ? whole : messageKind(talk, input, output));
  return {
    ...facts,
    ...('refused' in gated && { unmaskable: gated.refused }),
    // Nobody else knows whether one's own week is told right.
    rule: { ...facts.rule, ownCounts: facts.rule.ownCounts || origin === 'report_edit' },
    author: {
      bot: author.bot,
      consent: people.some(({ consent }) => consent === 'out') ? 'out' : author.consent,
      forgotten: people.some(({ forgottenAt }) => forgottenAt !== null),
    },
  };
}

function messageKind({ kind, question }: Conversation, input: string, output: string): LearnFacts['message'] {
  if (kind === 'qa' && !question) return 'noQuestion';
  // A report learned without notes teaches to invent them.
  if (kind === 'report' && input === '') return 'noNotes';
  return kindOfText(output);
}

/** The facts of one message by somebody, before it is known what stands around it. */
export const factsAt = ({ kind, learn, approve, ownCounts }: ChannelRow, message: LearnFacts['message']): LearnFacts => ({
  channel: { kind, learn },
  message,
  author: { bot: message === 'ownBot', consent: 'unset', forgotten: false },
  rule: { approve, ownCounts },
});

/** Whether the ✅ of `person` counts. */
export async function mayCount(
  bot: Bot,
  channel: ChannelRow,
  facts: LearnFacts,
  author: PersonRow,
  person: PersonRow,
): Promise<LearnVerdict> {
  const listed = channel.approve === 'listed' && (await isListedApprover(bot.db, channel.id, person.id));
  const { guest, bot: isBot, role } = person;
  return mayLearn({ ...facts, approver: { guest, bot: isBot, isAuthor: person.id === author.id, role, listed } });
}

/** The same facts as if nothing but the approver stood in question: whether the message may be learned is asked anew at every look. */
export const ofApproverAlone = (facts: LearnFacts): LearnFacts => ({
  ...facts,
  channel: { kind: 'open', learn: 'on' },
  message: 'text',
  unmaskable: undefined,
  author: { bot: false, consent: 'unset', forgotten: false },
});
