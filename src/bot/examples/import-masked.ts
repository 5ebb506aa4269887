// The secret gate for a file: row by row, with placeholders for what it finds; whoever dropped the file sees where, and may take those rows back.
import { recordAudit } from '../../data/audit.ts';
import { retireExample } from '../../data/example-states.ts';
import type { ImportedRow, NewExample } from '../../data/examples.ts';
import { maskedImports } from '../../data/masked-examples.ts';
import type { RowProblem } from '../../model/alpaca.ts';
import { maskedPlaces, throughGate } from '../../model/secret-gate.ts';
import type { SecretCounts } from '../../model/secrets/mask.ts';
import { say } from '../../words/words.ts';
import { type Asked, pressedBy } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { langFor } from '../language.ts';
import { type Pressed, replyPrivately, sentence } from '../reply.ts';

const ROWS_SHOWN = 20;
const PLACES_A_ROW = 3;

/** A row that the gate has let through. */
export type GatedRow = ImportedRow & { masked: SecretCounts | null };

/** `left`: rows that cannot be kept in any form, by their number in the file (`rows` have theirs in `numbers`). */
export function gateRows(rows: NewExample[], numbers: number[]): { kept: GatedRow[]; left: RowProblem[] } {
  const kept: GatedRow[] = [];
  const left: RowProblem[] = [];
  for (const [at, row] of rows.entries()) {
    const gated = throughGate(row);
    if ('refused' in gated) left.push({ row: numbers[at], ...gated.refused });
    else kept.push({ ...gated.row, masked: gated.masked });
  }
  return { kept, left };
}

/** Shows the person who dropped the file, and nobody else, where placeholders stand now. `rows`: those that have some, with their numbers. */
export async function showMaskedRows({ bot, event, person }: Asked, file: string, rows: (NewExample & { no: number })[]): Promise<void> {
  if (rows.length === 0) return;
  const lang = await langFor(bot, person, event.place.channel);
  const lines = rows.slice(0, ROWS_SHOWN).flatMap(row => maskedPlaces(row, PLACES_A_ROW).map(place => `- #${row.no}: \`${place}\``));
  if (rows.length > ROWS_SHOWN) lines.push(`- ${say(lang, 'import.more', { count: rows.length - ROWS_SHOWN })}`);
  const value = `${rows[0].no}-${rows[rows.length - 1].no}`;
  const card = {
    title: '',
    parts: [
      { markdown: [say(lang, 'leaks.import.places', { file }), ...lines].join('\n') },
      { buttons: [{ label: say(lang, 'leaks.import.drop'), action: 'drop-imported', value }] },
    ],
  };
  await replyPrivately(bot, event, card, `masked-file:${person.id}:${event.key}:${file}`);
}

/** A press on [Do not keep these]: all rows with placeholders of that file, if it is the person's own. */
export async function dropImported(bot: Bot, event: Pressed): Promise<void> {
  const [, first, last] = /^(\d{1,9})-(\d{1,9})$/.exec(event.value) ?? [];
  if (!first) return;
  const { person } = await pressedBy(bot, event);
  const dropped: number[] = [];
  for (const no of await maskedImports(bot.db, bot.workspace.id, person.id, Number(first), Number(last))) {
    if (!(await retireExample(bot.db, bot.workspace.id, no))) continue;
    await recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb: 'remove', object: `example ${no}` });
    dropped.push(no);
  }
  const lang = await langFor(bot, person, event.ref.channel);
  const code = dropped.length > 0 ? 'leaks.import.dropped' : 'leaks.import.already';
  await replyPrivately(bot, event, sentence(say(lang, code, { count: dropped.length })));
}
