// `/finetune close`: a comparison ends before its 24 hours, and everybody hears who was who.
import { recordAudit } from '../../data/audit.ts';
import { closeComparisons, openComparisons } from '../../data/comparisons.ts';
import { personById } from '../../data/people.ts';
import { type QuestionRow, questionById } from '../../data/questions.ts';
import { Refusal } from '../../problem.ts';
import { say } from '../../words/words.ts';
import type { Asked } from '../asked.ts';
import { knownChannel } from '../bot.ts';
import { called } from '../called.ts';
import { langIn } from '../language.ts';
import { post, sentence } from '../reply.ts';
import { isAdmin } from '../rights/admin.ts';
import { answerFacts, whoWasWho } from './sides.ts';

/**
 * In a thread all open comparisons of it; elsewhere (not every chat knows commands in threads) the newest one that the person asked in
 * this channel. Throws Refusal where there is none, and for who neither asked nor is an admin.
 */
export async function closeComparison({ bot, event, person }: Asked): Promise<void> {
  const { channel } = await knownChannel(bot, event.place.channel);
  const { thread } = event.place;
  const open = await openComparisons(bot.db, channel.id, thread);
  const mayClose = ({ asker }: QuestionRow) => asker === person.id || isAdmin(person);
  const meant = thread === undefined ? open.filter(({ asker }) => asker === person.id).slice(0, 1) : open;
  if (meant.length === 0) throw new Refusal('close.none');
  const lang = await langIn(bot, channel.ext);
  const nameOf = async (id: number) => called(lang, (await personById(bot.db, id))?.name);
  const foreign = meant.find(question => !mayClose(question));
  if (foreign) throw new Refusal('close.not-yours', { name: await nameOf(foreign.asker) });
  const ids = meant.map(({ id }) => id);
  const name = await nameOf(person.id);
  // Closed, on record and said, or none of it.
  await bot.db.transaction(async tx => {
    const closed = await closeComparisons(tx, ids);
    for (const id of ids.filter(id => closed.includes(id))) {
      const { question, answers } = (await questionById(tx, id))!;
      const said = say(lang, 'close.done', { name, ...whoWasWho(lang, await answerFacts({ ...bot, db: tx }, answers)) });
      await recordAudit(tx, { workspace: bot.workspace.id, actor: person.ext, verb: 'close', object: `question ${id}` });
      await post({ ...bot, db: tx }, `closed:${id}`, { channel: channel.ext, thread: question.thread ?? undefined }, sentence(said));
    }
  });
}
