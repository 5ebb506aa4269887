// `/finetune on` and `/finetune off`: everybody in the channel reads who switched learning, what that means for them, and how to say no.
import type { Channel } from '../../chat/chat.ts';
import { recordAudit } from '../../data/audit.ts';
import type { ChannelRow } from '../../data/channels.ts';
import { listedApprovers, switchLearning } from '../../data/learning.ts';
import { Refusal } from '../../problem.ts';
import { codeOn, type Lang, say } from '../../words/words.ts';
import type { Asked } from '../asked.ts';
import { type Bot, knownChannel, mayTrain } from '../bot.ts';
import { called } from '../called.ts';
import { langIn } from '../language.ts';
import { post, sentence } from '../reply.ts';
import { approverLine } from './approvers.ts';
import { refuseUnlessMay } from './may-do.ts';

/** Throws a Refusal for who may not, for a channel that is never learned from (with the reason), and where it is on already. */
export async function switchOn(asked: Asked): Promise<void> {
  const { bot, event, person } = asked;
  await refuseUnlessMay(asked, 'on');
  const { channel, shown } = await knownChannel(bot, event.place.channel);
  refuseUnlessLearnable(bot, channel, shown);
  // Switched on from outside it would learn nothing, and nobody in the channel would have read what it learns.
  if (shown.absent) throw new Refusal('gate.not-here');
  const back = await switchLearning(bot.db, channel.id, { learn: 'on', by: person.id, at: event.at });
  if (back === undefined) throw new Refusal('gate.on.already');
  await keepAudit(asked, 'on', channel, back);
  const lang = await langIn(bot, channel.ext);
  const lines = [
    say(lang, 'gate.on.done', { name: called(lang, person.name) }),
    whatIsLearned(lang, channel, await listedApprovers(bot.db, channel.id)),
    ...(back > 0 ? [say(lang, 'gate.on.back', { count: back })] : []),
  ];
  await post(bot, `on:${event.key}`, { channel: channel.ext }, sentence(lines.join('\n')));
}

/** Throws a Refusal for who may not, and where it is off already. */
export async function switchOff(asked: Asked): Promise<void> {
  const { bot, event, person } = asked;
  await refuseUnlessMay(asked, 'off');
  const { channel } = await knownChannel(bot, event.place.channel);
  const gone = await switchLearning(bot.db, channel.id, { learn: 'off', by: person.id, at: event.at });
  if (gone === undefined) throw new Refusal('gate.off.already');
  await keepAudit(asked, 'off', channel, gone);
  const lang = await langIn(bot, channel.ext);
  const said = say(lang, 'gate.off.done', { name: called(lang, person.name) });
  const lines = [said, ...(gone > 0 ? [say(lang, 'gate.off.gone', { count: gone })] : [])];
  await post(bot, `off:${event.key}`, { channel: channel.ext }, sentence(lines.join('\n')));
}

function refuseUnlessLearnable(bot: Bot, channel: ChannelRow, shown: Channel): void {
  if (!mayTrain(bot)) throw new Refusal('gate.training.off');
  if (channel.kind === 'open') return;
  throw new Refusal(shown.kind === 'open' ? 'gate.on.guests' : codeOn(bot.chat.platform, `gate.on.${channel.kind}`));
}

/** What a ✅ does in a channel, whose it takes, and how to say no: for everybody there, and for who comes later. */
export const whatIsLearned = (lang: Lang, channel: ChannelRow, listed: string[]): string =>
  [say(lang, 'gate.learned'), approverLine(lang, channel, listed), say(lang, 'gate.opt-out')].join('\n');

const keepAudit = ({ bot, person }: Asked, verb: 'on' | 'off', channel: ChannelRow, count: number): Promise<void> =>
  recordAudit(bot.db, {
    workspace: bot.workspace.id,
    actor: person.ext,
    verb,
    object: `channel ${channel.ext}`,
    detail: { examples: count },
  });
