// `/finetune try v2 QUESTION`: one version, or the base, answers alone; everybody in the thread sees who speaks.
import { type VersionRow, versionMeant } from '../../data/versions.ts';
import { Refusal } from '../../problem.ts';
import type { Asked } from '../asked.ts';
import { knownChannel } from '../bot.ts';
import { keepable } from '../examples/keepable.ts';
import { acceptQuestion, putQuestion } from './put-question.ts';
import { sameInVote } from './same-in-vote.ts';
import { nearFor } from './who-may-read.ts';

/**
 * `no`: none is the base. Throws Refusal for a version that cannot speak, and while people vote on this very question: what a speaker
 * says to it (always the same) would tell which side it is on.
 */
export async function tryVersion(asked: Asked, { no, text }: { no?: number; text: string }): Promise<void> {
  const { bot, event, person } = asked;
  const version = no === undefined ? undefined : await speaking(asked, no);
  const [kept] = await keepable(asked, [text]);
  if (await sameInVote(bot, kept)) throw no === undefined ? new Refusal('try.open-vote.base') : new Refusal('try.open-vote', { no });
  await acceptQuestion(asked, text);
  const { channel, shown } = await knownChannel(bot, event.place.channel);
  await putQuestion(asked, channel, {
    kind: 'qa',
    turns: [{ role: 'user', content: kept }],
    version: version?.id,
    detail: { alone: true, tried: true, near: nearFor(shown, person) },
  });
}

async function speaking({ bot }: Asked, no: number): Promise<VersionRow> {
  const version = await versionMeant(bot.db, bot.workspace.id, no);
  if (version.state === 'quarantined') throw new Refusal('try.quarantined', { no });
  if (version.state === 'blocked') throw new Refusal('try.blocked', { no });
  return version;
}
