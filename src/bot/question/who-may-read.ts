// Whose approved answers may help and be shown where somebody asks: what was said among colleagues stays among them.
import type { Channel } from '../../chat/chat.ts';
import type { PersonRow } from '../../data/people.ts';
import type { QuestionDetail } from '../../data/question-detail.ts';

/** Undefined: everybody's. Where people from outside read along, only what was said in front of them anyway. */
export function nearFor({ kind, guests }: Channel, asker: Pick<PersonRow, 'guest'>): QuestionDetail['near'] {
  if (kind === 'external' || kind === 'restricted') return 'nobody';
  return guests || asker.guest ? 'channel' : undefined;
}
