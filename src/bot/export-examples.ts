// `/finetune export`: every approved example as a file, for whoever asked alone.
import { approvedExamples } from '../data/examples.ts';
import { recordAudit } from '../data/workspaces.ts';
import { exportFiles } from '../model/export.ts';
import { Refusal } from '../problem.ts';
import { say } from '../words/words.ts';
import { langOf, type Wanted } from './asked.ts';
import { refuseUnlessMay } from './may-do.ts';
import { replyPrivately } from './reply.ts';

/** Throws Refusal for who may not, and where nothing is approved. */
export async function exportExamples(wanted: Wanted): Promise<void> {
  const { bot, event, person } = wanted;
  await refuseUnlessMay(wanted, 'export');
  const rows = await approvedExamples(bot.db, bot.workspace.id);
  if (rows.length === 0) throw new Refusal('export.none');
  const lang = await langOf(wanted);
  const { names, files } = exportFiles(rows, 'apprentice');
  const total = rows.length;
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: 'export', object: 'examples', detail: { total } });
  await replyPrivately(bot, event, {
    title: say(lang, 'export.title', { total }),
    parts: [
      { markdown: say(lang, 'export.how', { names: names.map(name => `\`${name}\``).join(', ') }) },
      ...files.map(({ name, text }) => ({ file: { name, mime: 'application/json', text } })),
    ],
  });
}
