// The claim code: the terminal prints it until somebody has sent it to the bot and so owns the workspace. The local chat needs none.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { countAudit, recordAudit } from '../../data/audit.ts';
import { adminsOf, ownUnowned } from '../../data/people.ts';
import { Refusal } from '../../problem.ts';
import { type Asked, langOf } from '../asked.ts';
import { type Bot, isLocal } from '../bot.ts';
import { replyPrivately, sentence } from '../reply.ts';
import { afterClaim } from './first-steps.ts';

/** No vowels and nothing that looks alike: a code is no word, and is read out without mistakes. */
const LETTERS = '23456789BCDFGHJKMNPQRSTVWXZ';
const LENGTH = 10;

/**
 * The code that makes its sender the owner, e.g. `7KQ2M-X9PDT`; undefined where there is an owner, and in the local chat.
 * It is nowhere kept: it is made of this installation's key, the workspace and how often that was claimed, so that none works twice.
 */
export async function claimCode(bot: Bot): Promise<string | undefined> {
  if (isLocal(bot) || (await isOwned(bot))) return undefined;
  const times = await countAudit(bot.db, bot.workspace.id, 'claim');
  const bytes = createHmac('sha256', bot.splitKey).update(`claim\n${bot.workspace.id}\n${times}`).digest();
  const letters = [...bytes.subarray(0, LENGTH)].map(byte => LETTERS[byte % LETTERS.length]).join('');
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
}

export const isOwned = async ({ db, workspace }: Bot): Promise<boolean> =>
  (await adminsOf(db, workspace.id)).some(({ role }) => role === 'owner');

/** `/finetune claim CODE`. Throws a Refusal for a wrong code, a guest, and where there is an owner. */
export async function claim(asked: Asked, said: string): Promise<void> {
  const { bot, event, person } = asked;
  const code = await claimCode(bot);
  if (code === undefined) throw new Refusal('claim.owned');
  if (person.guest || person.bot) throw new Refusal('gate.no-guests');
  if (!isSame(said.toUpperCase(), code)) throw new Refusal('claim.wrong');
  if (!(await ownUnowned(bot.db, person))) throw new Refusal('claim.owned');
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: 'claim', object: `person ${person.id}` });
  await replyPrivately(bot, event, sentence(afterClaim(bot, await langOf(asked))));
}

const isSame = (said: string, code: string): boolean =>
  said.length === code.length && timingSafeEqual(Buffer.from(said), Buffer.from(code));
