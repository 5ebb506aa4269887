// `/finetune remove N`: no later run learns from this example. Whoever asked hears how to bring it back.
import { recordAudit } from '../../data/audit.ts';
import { listedExample } from '../../data/example-pages.ts';
import { retireExample } from '../../data/example-states.ts';
import { versionsMadeOf } from '../../data/lineage.ts';
import { Refusal } from '../../problem.ts';
import { say } from '../../words/words.ts';
import { langOf, type Wanted } from '../asked.ts';
import { replyPrivately, sentence } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { firstWords } from './list-examples.ts';

/** Throws Refusal for who may not, for a number that nobody has, and for an example that does not count anyway. */
export async function removeExample(wanted: Wanted, no: number): Promise<void> {
  const { bot, event, person } = wanted;
  await refuseUnlessMay(wanted, 'remove');
  const { db, workspace } = bot;
  const lang = await langOf(wanted);
  const example = await listedExample(db, workspace.id, no);
  if (!example) throw new Refusal('remove.unknown', { no });
  if (!(await retireExample(db, workspace.id, no))) throw new Refusal('remove.already', { no });
  await recordAudit(db, { workspace: workspace.id, actor: person.ext, verb: 'remove', object: `example ${no}` });
  const learned = await versionsMadeOf(db, [example.id], 'train');
  const lines = [
    say(lang, 'remove.done', { no, words: firstWords(example) ?? say(lang, 'examples.hidden') }),
    ...(learned.length ? [say(lang, 'remove.learned', { versions: learned.map(version => `v${version.no}`).join(', ') })] : []),
    say(lang, example.origin === 'import' ? 'remove.back.import' : 'remove.back.chat'),
  ];
  await replyPrivately(bot, event, sentence(lines.join('\n')));
}
