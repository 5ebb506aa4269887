// The exam on a report card: each question with the answers of the last version and of this one side by side, and the base's below.
import type { Column, Part } from '../../chat/chat.ts';
import { type VersionRow, versionsBefore } from '../../data/versions.ts';
import type { ExamAnswer } from '../../model/report-card.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { readable } from '../question/comparison.ts';

const examOf = ({ card }: VersionRow): ExamAnswer[] => (card as { exam?: ExamAnswer[] }).exam ?? [];

/** Nothing where the version was asked nothing. */
export async function examParts(bot: Bot, lang: Lang, version: VersionRow): Promise<Part[]> {
  const answers = examOf(version);
  if (answers.length === 0) return [];
  const earlier = (await versionsBefore(bot.db, version)).filter(({ state }) => state !== 'quarantined');
  return [{ markdown: say(lang, 'exam.card') }, ...answers.flatMap(answer => questionParts(lang, version, answer, earlier))];
}

/** A question that the last version was not asked (it is new) is compared with the base. */
function questionParts(lang: Lang, version: VersionRow, { no, question, base, tuned }: ExamAnswer, earlier: VersionRow[]): Part[] {
  const said = (row: VersionRow) => examOf(row).find(answer => answer.no === no && answer.question === question)?.tuned;
  const last = earlier.find(row => said(row) !== undefined);
  const column = (title: string, text: string): Column => ({ title, markdown: readable(lang, text) });
  const now = column(`v${version.no}`, tuned);
  const heading = { markdown: say(lang, 'exam.card.question', { no, question }) };
  if (!last) return [heading, { columns: [column(say(lang, 'card.base'), base), now] }];
  return [
    heading,
    { columns: [column(`v${last.no}`, said(last)!), now] },
    { markdown: say(lang, 'exam.card.base', { answer: readable(lang, base) }) },
  ];
}
