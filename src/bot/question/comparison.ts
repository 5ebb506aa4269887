// A question's message: one answer, or two of equal weight with the buttons to vote. Nothing in it tells which is which.
import type { Button, Card, Part } from '../../chat/chat.ts';
import { type Lang, say } from '../../words/words.ts';

export type Side = 'A' | 'B' | 'only';
export type Choice = 'A' | 'B' | 'tie' | 'bad';
export const CHOICES: Choice[] = ['A', 'B', 'tie', 'bad'];

export type AnswerFacts = { side: Side; text: string; version?: number };
export type QuestionFacts = {
  id: number;
  kind: 'qa' | 'report';
  question: string;
  notes: string;
  answers: AnswerFacts[];
  /** The worker found two answers that are worth a vote. */
  comparison: boolean;
  /** Why the tuned version did not answer, in words. */
  warning?: string;
  /** Why there is no answer, in words. */
  failure?: string;
  waiting?: 'worker' | 'answer';
  closed?: { A: number; B: number; tie: number; bad: number };
};

export function questionCard(lang: Lang, facts: QuestionFacts): Card {
  const title =
    facts.kind === 'report' ? say(lang, 'ask.title.report') : say(lang, 'ask.title.qa', { question: shortened(facts.question) });
  return { title, parts: facts.failure ? [{ markdown: facts.failure }] : body(lang, facts) };
}

function body(lang: Lang, facts: QuestionFacts): Part[] {
  if (facts.answers.length === 0) return [{ markdown: say(lang, facts.waiting === 'worker' ? 'ask.no-worker' : 'ask.waiting') }];
  const draft = facts.kind === 'report' ? [{ markdown: say(lang, 'ask.report.note') }] : [];
  const notes = facts.kind === 'report' ? [{ markdown: `${say(lang, 'ask.report.notes')}\n${quoted(facts.notes)}` }] : [];
  const warning = facts.warning ? [{ markdown: facts.warning }] : [];
  return [...draft, ...answerParts(lang, facts), ...warning, ...notes];
}

function answerParts(lang: Lang, { id, answers, comparison, warning, closed }: QuestionFacts): Part[] {
  const [first, second] = [...answers].sort((a, b) => a.side.localeCompare(b.side));
  if (!second) return [{ markdown: first.text }, ...(warning ? [] : [{ markdown: say(lang, 'ask.alone') }])];
  if (first.text.trim() === second.text.trim()) return [{ markdown: first.text }, { markdown: say(lang, 'ask.same') }];
  const columns: Part = {
    columns: [
      { title: say(lang, 'ask.side', { side: first.side }), markdown: first.text },
      { title: say(lang, 'ask.side', { side: second.side }), markdown: second.text },
    ],
  };
  if (!comparison) return [columns, { markdown: say(lang, 'ask.no-vote') }];
  if (closed) return [columns, { markdown: closedLine(lang, [first, second], closed) }];
  return [columns, { markdown: say(lang, 'ask.vote') }, { buttons: CHOICES.map(choice => voteButton(lang, id, choice)) }];
}

const voteButton = (lang: Lang, question: number, choice: Choice): Button => ({
  label: say(lang, choiceWord(choice)),
  action: 'vote',
  value: `${question}:${choice}`,
});

export const choiceWord = (choice: Choice): string => `vote.${choice.toLowerCase()}`;

/** "A was the base model", "B was v3 …": what a person hears after the vote, and everybody at the close. */
export const whoWasWho = (lang: Lang, answers: AnswerFacts[]): { a: string; b: string } => {
  const line = (side: Side) => {
    const version = answers.find(answer => answer.side === side)?.version;
    return version === undefined ? say(lang, 'vote.side.base', { side }) : say(lang, 'vote.side.version', { side, version });
  };
  return { a: line('A'), b: line('B') };
};

function closedLine(lang: Lang, answers: AnswerFacts[], votes: NonNullable<QuestionFacts['closed']>): string {
  const counts = { side_a: votes.A, side_b: votes.B, tie: votes.tie, bad: votes.bad };
  return say(lang, 'vote.closed.line', { ...whoWasWho(lang, answers), ...counts });
}

const quoted = (text: string) =>
  text
    .split('\n')
    .map(line => `> ${line}`)
    .join('\n');

function shortened(text: string, most = 120): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return [...line].length > most ? `${[...line].slice(0, most - 1).join('')}…` : line;
}
