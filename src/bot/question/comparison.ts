// A question's message: one answer, or two of equal weight with the buttons to vote. Nothing in it tells which is which.
import type { Button, Card, Part } from '../../chat/chat.ts';
import { goesInCircles } from '../../model/loops.ts';
import { type Lang, say } from '../../words/words.ts';
import { shortOf } from '../short.ts';
import { type DraftFacts, draftRemarks, editButtons, notesBelow, shownDraft } from '../weekly/draft-view.ts';
import { type NearFacts, nearLine } from './near-line.ts';
import { type AnswerFacts, CHOICES, choiceWord, whoWasWho } from './sides.ts';

export type QuestionFacts = {
  id: number;
  question: string;
  /** A weekly report: how its drafts are shown. */
  draft?: DraftFacts;
  answers: AnswerFacts[];
  /** The worker found two answers that are worth a vote. */
  comparison: boolean;
  /** Somebody asked one speaker alone: the base, or the version of this number. */
  tried?: 'base' | number;
  /** There is no version yet. */
  untrained?: boolean;
  /** Why a version did not answer, in words. */
  warning?: string;
  /** Why there is no answer, in words. */
  failure?: string;
  /** How many were asked before, and whether a worker is at work. */
  waiting?: { before: number; worker: boolean; trouble?: string };
  /** How many have voted; nothing by side before the close. */
  votes?: number;
  closed?: { A: number; B: number; tie: number; bad: number };
  /** The nearest approved answer. */
  near?: NearFacts;
  /** A better answer posted here can become an example. */
  learns?: boolean;
};

const TITLE_CHARACTERS = 120;

export function questionCard(lang: Lang, facts: QuestionFacts): Card {
  return { title: titleOf(lang, facts), parts: facts.failure ? [{ markdown: facts.failure }] : body(lang, facts) };
}

function titleOf(lang: Lang, facts: QuestionFacts): string {
  if (facts.draft) return say(lang, 'ask.title.report');
  const question = shortOf(facts.question, TITLE_CHARACTERS);
  if (facts.tried === undefined) return say(lang, 'ask.title.qa', { question });
  return facts.tried === 'base'
    ? say(lang, 'ask.title.base', { question })
    : say(lang, 'ask.title.version', { question, version: facts.tried });
}

function body(lang: Lang, facts: QuestionFacts): Part[] {
  if (facts.answers.length === 0) return [{ markdown: waitingLine(lang, facts.waiting ?? { before: 0, worker: true }) }];
  if (facts.draft) return reportBody(lang, facts, facts.draft);
  const near = facts.near ? [{ markdown: nearLine(lang, facts.near) }] : [];
  const vote = voteParts(lang, facts);
  const better = facts.learns && facts.tried === undefined ? [betterButton(lang, facts.id)] : [];
  return [...answerParts(lang, facts), ...near, ...vote.said, ...buttonPart([...vote.buttons, ...better])];
}

function reportBody(lang: Lang, facts: QuestionFacts, draft: DraftFacts): Part[] {
  const vote = voteParts(lang, facts);
  const drafts = isSame(facts) ? facts.answers.slice(0, 1).map(answer => ({ ...answer, side: 'A' as const })) : inOrder(facts);
  return [
    { markdown: say(lang, draft.form ? 'ask.report.note' : 'weekly.note.free') },
    ...answerParts(lang, facts),
    ...draftRemarks(
      lang,
      drafts.map(({ text }) => text),
      draft,
    ),
    ...vote.said,
    ...buttonPart([...vote.buttons, ...editButtons(lang, facts.id, drafts)]),
    ...notesBelow(lang, draft),
  ];
}

function waitingLine(lang: Lang, { before, worker, trouble }: NonNullable<QuestionFacts['waiting']>): string {
  if (trouble) return say(lang, 'ask.trouble', { trouble });
  if (before > 0) return say(lang, worker ? 'ask.place' : 'ask.no-worker.place', { before });
  return say(lang, worker ? 'ask.waiting' : 'ask.no-worker');
}

function answerParts(lang: Lang, facts: QuestionFacts): Part[] {
  const [first, second] = inOrder(facts);
  const shown = ({ text }: AnswerFacts) => readable(lang, text, facts.draft && shownDraft(text, facts.draft));
  const column = (answer: AnswerFacts) => ({ title: say(lang, 'ask.side', { side: answer.side }), markdown: shown(answer) });
  return second && !isSame(facts) ? [{ columns: [column(first), column(second)] }] : [{ markdown: shown(first) }];
}

/** What is said about voting below the answers, and the buttons for it. */
function voteParts(lang: Lang, facts: QuestionFacts): { said: Part[]; buttons: Button[] } {
  const { id, answers, comparison, closed, votes = 0, warning, untrained } = facts;
  const only = (text: string | undefined) => ({ said: text === undefined ? [] : [{ markdown: text }], buttons: [] });
  if (answers.length === 1) return only(warning ?? (untrained ? say(lang, 'ask.alone') : undefined));
  if (isSame(facts)) return only(say(lang, 'ask.same'));
  if (!comparison) return only(say(lang, 'ask.no-vote'));
  if (closed) return only(closedLine(lang, inOrder(facts), closed));
  return {
    said: [{ markdown: votes > 0 ? say(lang, 'ask.votes', { votes }) : say(lang, 'ask.vote') }],
    buttons: CHOICES.map(choice => ({ label: say(lang, choiceWord(choice)), action: 'vote', value: `${id}:${choice}` })),
  };
}

const inOrder = ({ answers }: QuestionFacts): AnswerFacts[] => [...answers].sort((a, b) => a.side.localeCompare(b.side));
const isSame = ({ answers: [a, b] }: QuestionFacts): boolean => b !== undefined && a.text.trim() === b.text.trim();

/** An answer that says nothing or never ends is shown as what it is. */
export function readable(lang: Lang, text: string, shown = text): string {
  if (text.trim() === '') return say(lang, 'ask.empty-answer');
  return goesInCircles(text) ? `${shown}\n\n${say(lang, 'ask.loops')}` : shown;
}

const buttonPart = (buttons: Button[]): Part[] => (buttons.length > 0 ? [{ buttons }] : []);

const betterButton = (lang: Lang, question: number): Button => ({
  label: say(lang, 'better.button'),
  action: 'better-answer',
  value: String(question),
  form: true,
});

function closedLine(lang: Lang, answers: AnswerFacts[], votes: NonNullable<QuestionFacts['closed']>): string {
  const counts = { side_a: votes.A, side_b: votes.B, tie: votes.tie, bad: votes.bad };
  return say(lang, 'vote.closed.line', { ...whoWasWho(lang, answers), ...counts });
}
