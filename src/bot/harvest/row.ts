// The training row that messages make: what was asked, the notes, the answer.
import type { RowText } from '../../data/chat-examples.ts';
import { isoWeek } from '../../model/iso-week.ts';
import { languageOf } from '../../model/language.ts';
import { reportRequest } from '../../model/report-rule.ts';
import { isSmallEdit } from '../../model/small-edit.ts';
import { say } from '../../words/words.ts';
import type { Conversation } from './conversation.ts';

/** Who wrote a report, and by which clock its week is counted. */
export type Author = { name: string; tz: string };

/**
 * The row of a conversation. `last`: the newest revision, from which comes what no message says (the head of a week's notes, the
 * standing request): neither a person's new name nor a new wording of ours makes an approved text another one.
 */
export function rowOf({ kind, answer, question, notes, head: written }: Conversation, author: Author, last?: RowText): RowText {
  const output = answer.map(({ text }) => text).join('\n');
  if (kind === 'qa') return { instruction: question?.text ?? '', input: '', output };
  const request = question && reportRequest(question.text);
  const lang = languageOf(output);
  const [first] = answer;
  const apart = notes.length > 0 && !notes.every(({ thread, ref }) => first.thread !== undefined && (thread ?? ref.id) === first.thread);
  const head = apart
    ? [
        last?.input.split('\n', 1)[0] ??
          written ??
          say(lang, 'harvest.report.head', { week: weekOf(first.at, author.tz), name: author.name }),
      ]
    : [];
  const said = [request?.notes ?? '', ...notes.map(({ text }) => text)].filter(Boolean);
  return {
    instruction: request?.instruction ?? question?.text ?? last?.instruction ?? say(lang, 'harvest.report.instruction'),
    input: [...head, ...said].join('\n'),
    output,
  };
}

/** The ISO week of the day that it is in `tz` (IANA's name) at that moment. */
export function weekOf(at: Date, tz: string): number {
  const [year, month, day] = new Intl.DateTimeFormat('en-CA', { timeZone: tz }).format(at).split('-').map(Number);
  return isoWeek(new Date(Date.UTC(year, month - 1, day)));
}

const FIELDS = ['instruction', 'input', 'output'] as const;

/** The same to the last character. */
export const isSameRow = (a: RowText, b: RowText): boolean => FIELDS.every(field => a[field] === b[field]);

/** The same but for white space and closing punctuation. */
export const saysTheSame = (a: RowText, b: RowText): boolean => FIELDS.every(field => isSmallEdit(a[field], b[field]));
