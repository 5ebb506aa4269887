// The cheap rivals that a fine-tuned model is shown beside: no model at all.
import type { ReportForm } from './form.ts';
import { beginDraft, extendDraft, frameOf, headOf, notesBelowHead } from './frame.ts';
import { bulletOf, linesOf } from './lines.ts';
import { openNearest } from './nearest.ts';
import { rouge } from './rouge.ts';
import type { Row } from './row.ts';

/** Comparing every pair of answers takes time in the square of their number. */
const MOST_COMPARED = 150;

/** One answer for every question: the training answer that is most like all the others (highest mean ROUGE-L); undefined without Q&A. */
export function constantAnswer(train: Row[]): string | undefined {
  const answers = train.filter(({ kind }) => kind === 'qa').map(({ output }) => output);
  const compared = answers.filter((_, index) => index % Math.ceil(answers.length / MOST_COMPARED) === 0);
  const likeness = compared.map(answer => compared.reduce((sum, other) => sum + rouge(answer, other).rougeL, 0));
  return compared[likeness.indexOf(Math.max(...likeness))];
}

/** The approved answer to the nearest question; undefined where no question shares a word. */
export function nearestAnswer(train: Row[]): (question: string) => string | undefined {
  const nearest = nearestRows(train);
  return question => nearest(question, 1)[0]?.output;
}

/** The Q&A rows with the nearest questions, nearest first. */
export function nearestRows(train: Row[]): (question: string, count: number) => Row[] {
  const answers = train.filter(({ kind }) => kind === 'qa');
  const nearest = openNearest(answers.map(({ instruction, input }) => `${instruction}\n${input}`));
  return (question, count) => nearest(question, count).map(({ index }) => answers[index]);
}

/** The report without a model: every note a bullet below the first heading that has bullets, "nothing" below the others. */
export function notesInFrame(form: ReportForm, notes: string): string {
  const frame = frameOf(form, headOf(notes));
  const bullets = linesOf(notesBelowHead(notes)).map(line => bulletOf(line)?.text ?? line);
  let draft = beginDraft(frame);
  const [first] = frame.lines.filter(({ below }) => below !== 'nothing');
  if (first) draft = extendDraft(frame, draft, first.below === 'text' ? bullets.join('\n') : bullets.join('\n- '), bullets.length);
  while (!draft.done) draft = extendDraft(frame, draft, '');
  return draft.text;
}
