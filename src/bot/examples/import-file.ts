// A file dropped on the bot becomes examples: all of its rows, or none and what is wrong with each.
import type { Attachment, Card } from '../../chat/chat.ts';
import { recordAudit } from '../../data/audit.ts';
import { importExamples } from '../../data/examples.ts';
import { type ReadRows, type RowProblem, readRows } from '../../model/alpaca.ts';
import { languageOf } from '../../model/language.ts';
import { Refusal } from '../../problem.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Asked } from '../asked.ts';
import { mayTrain } from '../bot.ts';
import { countLearnable } from '../consent/learnable.ts';
import { langFor } from '../language.ts';
import { post, replyPrivately, sentence } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { FIRST_RUN, proposeRun } from '../run/propose.ts';
import { type GatedRow, gateRows, showMaskedRows } from './import-masked.ts';
import { addedUp, maskedWhat } from './masked-what.ts';

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
  const { kept: rows, left } = gateRows(
    read.rows.map(row => ({ ...row, lang: languageOf(row.output) })),
    rowNumbers(read),
  );
  const imported = await importExamples(bot.db, bot.workspace.id, person.id, rows);
  const detail = { added: imported.added.length, duplicates: imported.duplicates.length + read.duplicates.length };
  await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: 'import', object: 'examples', detail });
  const added = imported.added.map(({ index, no }) => ({ ...rows[index], no }));
  const masked = added.filter(row => row.masked !== null);
  const counts = await countLearnable(bot);
  const lines = [
    say(lang, 'import.kept', {
      file: file.name,
      examples: added.length,
      qa: added.filter(row => row.kind === 'qa').length,
      report: added.filter(row => row.kind === 'report').length,
      reports: added.filter(row => row.kind === 'report').length,
    }),
    ...duplicatesLine(lang, imported.duplicates.length + read.duplicates.length),
    ...maskedLine(lang, masked),
    ...leftLines(lang, left),
    ...(read.ignored.length > 0 ? [say(lang, 'import.ignored', { fields: read.ignored.join(', ') })] : []),
    nextLine(lang, counts.qa + counts.report),
  ];
  await post(bot, `import:${event.key}:${file.id}`, event.place, sentence(lines.join('\n')));
  await showMaskedRows(context, file.name, masked);
  await proposeRun(bot, event.place.channel);
}

/** The number in the file of each row that was read: all but the repeated ones. */
function rowNumbers({ rows, duplicates }: ReadRows): number[] {
  const repeated = new Set(duplicates.map(({ row }) => row));
  return Array.from({ length: rows.length + repeated.size }, (_, i) => i + 1).filter(number => !repeated.has(number));
}

function maskedLine(lang: Lang, masked: GatedRow[]): string[] {
  if (masked.length === 0) return [];
  const what = maskedWhat(lang, addedUp(masked.map(row => row.masked ?? {})));
  return [say(lang, 'leaks.import.masked', { rows: masked.length, what })];
}

const leftLines = (lang: Lang, left: RowProblem[]): string[] =>
  left.length === 0 ? [] : [say(lang, 'leaks.import.left', { rows: left.length }), ...problemLines(lang, left)];

const duplicatesLine = (lang: Lang, duplicates: number): string[] =>
  duplicates > 0 ? [say(lang, 'import.duplicates', { duplicates })] : [];

const nextLine = (lang: Lang, total: number): string =>
  total >= FIRST_RUN ? say(lang, 'import.next.ready', { total }) : say(lang, 'import.next.more', { total, missing: FIRST_RUN - total });

/** Nothing is kept by halves: every row that is wrong is named, so that one look at the file is enough. */
function refusedCard(lang: Lang, file: string, { problems }: ReadRows): Card {
  return sentence([say(lang, 'import.nothing', { file }), ...problemLines(lang, problems)].join('\n'));
}

function problemLines(lang: Lang, problems: RowProblem[]): string[] {
  const lines = problems.slice(0, PROBLEMS_SHOWN).map(({ row, code, values }) => {
    const problem = say(lang, code, values);
    return `- ${row > 0 ? say(lang, 'import.row', { row, problem }) : problem}`;
  });
  if (problems.length > PROBLEMS_SHOWN) lines.push(`- ${say(lang, 'import.more', { count: problems.length - PROBLEMS_SHOWN })}`);
  return lines;
}
