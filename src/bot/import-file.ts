// A file dropped on the bot becomes examples: all of its rows, or none and what is wrong with each.
import type { Attachment, Card } from '../chat/chat.ts';
import { countApproved, importExamples } from '../data/examples.ts';
import { recordAudit } from '../data/workspaces.ts';
import { type ReadRows, readRows } from '../model/alpaca.ts';
import { languageOf } from '../model/language.ts';
import { Refusal } from '../problem.ts';
import { type Lang, say } from '../words/words.ts';
import type { Asked } from './asked.ts';
import { mayTrain } from './bot.ts';
import { langFor } from './language.ts';
import { refuseUnlessMay } from './may-do.ts';
import { FIRST_RUN, proposeRun } from './propose.ts';
import { post, replyPrivately, sentence } from './reply.ts';

const PROBLEMS_SHOWN = 10;

/** Throws Refusal for who may not. */
export async function importFile(context: Asked, file: Attachment): Promise<void> {
  const { bot, event, person } = context;
  await refuseUnlessMay(context, 'import');
  if (!mayTrain(bot)) throw new Refusal('gate.training.off');
  const lang = await langFor(bot, person, event.place.channel);
  const bytes = await bot.chat.open(file).catch((cause: Error) => {
    bot.report(cause, 'opening a file');
    return undefined;
  });
  if (!bytes) return replyPrivately(bot, event, sentence(say(lang, 'import.unreadable', { file: file.name })));
  const read = readRows(bytes);
  if (read.problems.length > 0) return replyPrivately(bot, event, refusedCard(lang, file.name, read));
  const rows = read.rows.map(row => ({ ...row, lang: languageOf(row.output) }));
  const imported = await importExamples(bot.db, bot.workspace.id, person.id, rows);
  const detail = { added: imported.added.length, duplicates: imported.duplicates.length + read.duplicates.length };
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: 'import', object: 'examples', detail });
  const added = imported.added.map(({ index }) => rows[index]);
  const counts = await countApproved(bot.db, bot.workspace.id);
  const lines = [
    say(lang, 'import.kept', {
      file: file.name,
      examples: added.length,
      qa: added.filter(row => row.kind === 'qa').length,
      report: added.filter(row => row.kind === 'report').length,
      reports: added.filter(row => row.kind === 'report').length,
    }),
    ...duplicatesLine(lang, imported.duplicates.length + read.duplicates.length),
    ...(read.ignored.length > 0 ? [say(lang, 'import.ignored', { fields: read.ignored.join(', ') })] : []),
    nextLine(lang, counts.qa + counts.report),
  ];
  await post(bot, `import:${event.key}:${file.id}`, event.place, sentence(lines.join('\n')));
  await proposeRun(bot, event.place.channel);
}

const duplicatesLine = (lang: Lang, duplicates: number): string[] =>
  duplicates > 0 ? [say(lang, 'import.duplicates', { duplicates })] : [];

const nextLine = (lang: Lang, total: number): string =>
  total >= FIRST_RUN ? say(lang, 'import.next.ready', { total }) : say(lang, 'import.next.more', { total, missing: FIRST_RUN - total });

/** Nothing is kept by halves: every row that is wrong is named, so that one look at the file is enough. */
function refusedCard(lang: Lang, file: string, { problems }: ReadRows): Card {
  const lines = problems.slice(0, PROBLEMS_SHOWN).map(({ row, code, values }) => {
    const problem = say(lang, code, values);
    return `- ${row > 0 ? say(lang, 'import.row', { row, problem }) : problem}`;
  });
  if (problems.length > PROBLEMS_SHOWN) lines.push(`- ${say(lang, 'import.more', { count: problems.length - PROBLEMS_SHOWN })}`);
  return sentence([say(lang, 'import.nothing', { file }), ...lines].join('\n'));
}
