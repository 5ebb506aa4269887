// How a draft is shown: what its notes do not say is marked, an empty section is asked about, and the notes stand below.
import type { Button, Part } from '../../chat/chat.ts';
import type { AnswerRow } from '../../data/questions.ts';
import { emptySections } from '../../model/empty-sections.ts';
import type { ReportForm } from '../../model/form.ts';
import { languageOf } from '../../model/language.ts';
import { markInventions } from '../../model/marks.ts';
import { markdownWithMarks } from '../../model/shown-marks.ts';
import { type Lang, paragraph, say } from '../../words/words.ts';

export type DraftFacts = {
  notes: string;
  /** So many lines at the end of the notes were not read. */
  leftOut: number;
  /** What the team's reports share; none: nothing was trained yet. */
  form?: ReportForm;
  /** Week and name, which the headings may say although the notes do not. */
  known: string[];
  year: number;
};

export const marksIn = (draft: string, { notes, form, known, year }: DraftFacts) => markInventions(draft, notes, { form, known, year });

/** The draft as Markdown. The questions are in the draft's own language. */
export function shownDraft(draft: string, facts: DraftFacts): string {
  const empty = new Map(facts.form ? emptySections(draft, facts.form).map(({ line, heading }) => [line, heading]) : []);
  const question = (heading: string) => `- ${say(languageOf(draft), 'weekly.anything', { section: plain(heading) })}`;
  return markdownWithMarks(draft, marksIn(draft, facts))
    .split('\n')
    .flatMap((line, i) => [line, ...(empty.has(i) ? [question(empty.get(i)!)] : [])])
    .join('\n');
}

/** What stands between drafts and buttons: the marks explained, and what was left out. */
export function draftRemarks(lang: Lang, drafts: string[], facts: DraftFacts): Part[] {
  const marks = drafts.flatMap(draft => marksIn(draft, facts)).length;
  const about = marks === 0 ? [say(lang, 'marks.none')] : [say(lang, 'marks.legend'), say(lang, 'marks.count', { count: marks })];
  const leftOut = facts.leftOut > 0 ? [say(lang, 'weekly.left-out', { lines: facts.leftOut })] : [];
  return [{ markdown: paragraph(lang, about) }, ...leftOut.map(markdown => ({ markdown }))];
}

/** The notes, and below them what did not fit. */
export function notesBelow(lang: Lang, { notes, leftOut }: DraftFacts): Part[] {
  const lines = notes.split('\n');
  const end = leftOut > 0 ? startOfLast(lines, leftOut) : lines.length;
  const part = (code: string, some: string[]) => ({ markdown: `${say(lang, code)}\n${some.map(line => `> ${line}`).join('\n')}` });
  return [part('ask.report.notes', lines.slice(0, end)), ...(leftOut > 0 ? [part('weekly.notes.left-out', lines.slice(end))] : [])];
}

/** Where the last `count` lines with text begin. */
function startOfLast(lines: string[], count: number): number {
  const filled = lines.flatMap((line, i) => (line.trim() ? [i] : []));
  return filled.at(-count) ?? 0;
}

/** One for each draft that says something. */
export function editButtons(lang: Lang, question: number, answers: Pick<AnswerRow, 'side' | 'text'>[]): Button[] {
  const one = answers.length === 1;
  const label = (side: AnswerRow['side']) => (one ? say(lang, 'weekly.edit') : say(lang, 'weekly.edit.side', { side }));
  return answers
    .filter(({ text }) => text.trim() !== '')
    .map(({ side }) => ({ label: label(side), action: 'edit-report', value: `${question}:${side}`, form: true }));
}

/** A heading without its mark-up and its colon. */
const plain = (heading: string): string => heading.replace(/^[#*_\s【[]+|[*_:：\s】\]]+$/gu, '');
