// What a voter alone sees: the vote, who was who, and the buttons to say what decided it.
import type { Card, Part } from '../../chat/chat.ts';
import { type Choice, REASONS } from '../../data/votes.ts';
import { type Lang, paragraph, say } from '../../words/words.ts';
import { type AnswerFacts, choiceWord, whoWasWho } from './sides.ts';

export type VoteFacts = { question: number; choice: Choice; reasons: string[]; guest: boolean; answers: AnswerFacts[] };

export function voteCard(lang: Lang, { question, choice, reasons, guest, answers }: VoteFacts): Card {
  const kept = say(lang, 'vote.kept', { choice: say(lang, choiceWord(choice)), ...whoWasWho(lang, answers) });
  // Where nothing was better, nothing decided it.
  const why: Part[] = choice === 'tie' ? [] : [{ markdown: say(lang, 'vote.why') }, { buttons: REASONS.map(button) }];
  return { title: '', parts: [{ markdown: paragraph(lang, guest ? [kept, say(lang, 'vote.guest')] : [kept]) }, ...why] };

  function button(reason: (typeof REASONS)[number]) {
    const word = say(lang, `vote.reason.${reason}`);
    const label = reasons.includes(reason) ? say(lang, 'vote.chosen', { reason: word }) : word;
    // An action each: several may be given, they are no choice of one.
    return { label, action: `reason-${reason}`, value: `${question}:${reason}` };
  }
}
