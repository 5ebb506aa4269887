// `/finetune approvers`: whose ✅ makes an example in this channel, how many it takes, and whether one's own counts.
import { recordAudit } from '../../data/audit.ts';
import { type ChannelRow, findChannel } from '../../data/channels.ts';
import { listedApprovers, setApproverRule } from '../../data/learning.ts';
import { Refusal } from '../../problem.ts';
import { type Lang, say } from '../../words/words.ts';
import { type Asked, langOf } from '../asked.ts';
import { knownChannel } from '../bot.ts';
import { called } from '../called.ts';
import { langIn } from '../language.ts';
import { post, replyPrivately, sentence } from '../reply.ts';
import type { ApproverChange } from './approver-change.ts';
import { refuseUnlessMay } from './may-do.ts';
import { personMeant } from './person-meant.ts';

/** Without a change the rule is said to who asked; a change, by an admin, to everybody in the channel. */
export async function approvers(asked: Asked, change: ApproverChange | undefined): Promise<void> {
  const { bot, event } = asked;
  const { channel } = await knownChannel(bot, event.place.channel);
  if (change) return changeRule(asked, channel, change);
  const lang = await langOf(asked);
  const lines = [approverLine(lang, channel, await listedApprovers(bot.db, channel.id)), say(lang, 'gate.approvers.how')];
  await replyPrivately(bot, event, sentence(lines.join('\n')));
}

async function changeRule(asked: Asked, { id, ext }: ChannelRow, { listed: names, ...rule }: ApproverChange): Promise<void> {
  const { bot, event, person } = asked;
  await refuseUnlessMay(asked, 'approvers');
  const people = await Promise.all((names ?? []).map(named => personMeant(bot, named)));
  const unfit = people.find(({ guest, bot: isBot }) => guest || isBot);
  if (unfit) throw new Refusal('gate.approvers.guest', { name: unfit.name ?? '' });
  const listed = [...new Set(people.map(person => person.id))];
  await setApproverRule(bot.db, id, { ...rule, ...(names && { approve: 'listed', listed }) });
  const now = (await findChannel(bot.db, bot.workspace.id, ext))!;
  const { approve, needed, ownCounts } = now;
  const detail = { approve, needed, own: ownCounts, ...(names && { listed }) };
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: 'approvers', object: `channel ${ext}`, detail });
  const lang = await langIn(bot, ext);
  const lines = [
    say(lang, 'gate.approvers.set', { name: called(lang, person.name) }),
    approverLine(lang, now, await listedApprovers(bot.db, id)),
    say(lang, rule.needed === undefined ? 'gate.approvers.from-now' : 'gate.approvers.at-once'),
  ];
  await post(bot, `approvers:${event.key}`, { channel: ext }, sentence(lines.join('\n')));
}

/** `listed`: who is on the channel's list, by name. */
export function approverLine(lang: Lang, { approve, needed, ownCounts }: ChannelRow, listed: string[]): string {
  const names = listed.length > 0 ? new Intl.ListFormat(lang).format(listed) : say(lang, 'gate.approvers.nobody');
  return [
    say(lang, `gate.approvers.${approve}`, { names }),
    needed === 1 ? say(lang, 'gate.approvers.one') : say(lang, 'gate.approvers.several', { needed }),
    say(lang, ownCounts ? 'gate.approvers.own' : 'gate.approvers.not-own'),
  ].join(lang === 'zh' ? '' : ' ');
}
