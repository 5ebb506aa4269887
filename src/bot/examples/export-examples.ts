// `/finetune export`: every example that may be learned from as a file, for whoever asked alone.
import { recordAudit } from '../../data/audit.ts';
import { exportFiles } from '../../model/export.ts';
import { Refusal } from '../../problem.ts';
import { say } from '../../words/words.ts';
import { langOf, type Wanted } from '../asked.ts';
import { learnableExamples } from '../consent/learnable.ts';
import { replyPrivately } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';

/** Throws Refusal for who may not, and where there is nothing that may be learned from. */
export async function exportExamples(wanted: Wanted): Promise<void> {
  const { bot, event, person } = wanted;
  await refuseUnlessMay(wanted, 'export');
  const { rows, waiting } = await learnableExamples(bot);
  if (rows.length === 0) throw new Refusal(waiting > 0 ? 'consent.export' : 'export.none', { waiting });
  const lang = await langOf(wanted);
  const { names, files } = exportFiles(rows, 'apprentice');
  const total = rows.length;
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: 'export', object: 'examples', detail: { total } });
  await replyPrivately(bot, event, {
    title: say(lang, 'export.title', { total }),
    parts: [
      { markdown: say(lang, 'export.how', { names: names.map(name => `\`${name}\``).join(', ') }) },
      ...(waiting > 0 ? [{ markdown: say(lang, 'consent.export.left-out', { waiting }) }] : []),
      ...files.map(({ name, text }) => ({ file: { name, mime: 'application/json', text } })),
    ],
  });
}
