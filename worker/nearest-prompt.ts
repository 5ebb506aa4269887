// A prompt with approved Q&A as earlier turns: as many as leave room for the answer, the least near left out first.
import { exampleTurns, promptIds, type Turn } from '../src/model/prompt.ts';
import type { Row } from '../src/model/row.ts';
import type { ChatTokenizer } from '../src/model/tokenizer.ts';

/** How many approved answers stand before a question. */
export const NEAREST = 2;

/** `near` is nearest first; `most` is the longest prompt in tokens. The prompt may still be longer: then `turns` alone are. */
export function promptWithNearest(
  tokenizer: ChatTokenizer,
  near: Pick<Row, 'instruction' | 'input' | 'output'>[],
  turns: Turn[],
  most: number,
): number[] {
  for (let count = Math.min(near.length, NEAREST); ; count--) {
    const earlier = near.slice(0, count).flatMap((row): Turn[] => [...exampleTurns(row), { role: 'assistant', content: row.output }]);
    const prompt = promptIds(tokenizer, [...earlier, ...turns]);
    if (prompt.length <= most || count === 0) return prompt;
  }
}
