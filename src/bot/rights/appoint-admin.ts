// `/finetune admin @Name` and `unadmin @Name`: the owner shares the decisions, or takes them back.
import { recordAudit } from '../../data/audit.ts';
import { type PersonRow, setRole } from '../../data/people.ts';
import { Refusal } from '../../problem.ts';
import { say } from '../../words/words.ts';
import type { Asked } from '../asked.ts';
import { called } from '../called.ts';
import { langIn } from '../language.ts';
import { post, sentence } from '../reply.ts';
import { refuseUnlessMay } from './may-do.ts';
import { personMeant } from './person-meant.ts';

/** Everybody in the channel sees it. Throws a Refusal for who is not the owner, and for somebody who cannot be or is not an admin. */
export async function appointAdmin(asked: Asked, named: string, role: 'admin' | 'member'): Promise<void> {
  const { bot, event, person } = asked;
  await refuseUnlessMay(asked, 'admin');
  const meant = await personMeant(bot, named);
  const lang = await langIn(bot, event.place.channel);
  const nameOf = ({ name }: PersonRow) => called(lang, name);
  const name = nameOf(meant);
  if (meant.role === 'owner') throw new Refusal('admin.owner', { name });
  if (meant.guest || meant.bot) throw new Refusal('admin.guest', { name });
  if (!(await setRole(bot.db, meant.id, role))) throw new Refusal(role === 'admin' ? 'admin.is' : 'admin.is-not', { name });
  const verb = role === 'admin' ? 'admin' : 'unadmin';
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb, object: `person ${meant.id}` });
  const said = say(lang, role === 'admin' ? 'admin.made' : 'admin.unmade', { name, by: nameOf(person) });
  await post(bot, `${verb}:${event.key}`, event.place, sentence(said));
}
