// The only place where a prompt is made. Training, evaluation and answering all come here, so that a model is always asked
// in the words it was taught in. People's text cannot end a turn or begin one: control tokens are taken out of it first.
import type { ChatTokenizer, Turn } from './tokenizer.ts';

export type { Turn } from './tokenizer.ts';

/**
 * Token ids of a conversation, up to where the assistant begins to speak.
 * Without a system turn in `turns` there is none in the prompt; where the template would put its own default ("You are a helpful …"),
 * the system turn is left empty instead: as good, shorter, and the same in training and answering.
 */
export function promptIds(tokenizer: ChatTokenizer, turns: Turn[]): number[] {
  const clean = turns.map(({ role, content }): Turn => ({ role, content: withoutControlTokens(tokenizer, content) }));
  const whole =
    clean[0]?.role === 'system' || !hasDefaultSystemTurn(tokenizer) ? clean : [{ role: 'system', content: '' } as const, ...clean];
  return tokenizer.encode(tokenizer.render(whole, { generationPrompt: true }));
}

/** Token ids of an answer, end of turn included. Encoded apart from the prompt, as it is when the model itself writes it. */
export function answerIds(tokenizer: ChatTokenizer, text: string): number[] {
  return [...tokenizer.encode(withoutControlTokens(tokenizer, text)), ...tokenizer.encode(tokenizer.endOfTurn)];
}

/** The turns before an example's answer: instruction, empty line, input, as one turn of the user. */
export function exampleTurns({ instruction, input }: { kind?: string; instruction: string; input: string }): Turn[] {
  return [{ role: 'user', content: input === '' ? instruction : `${instruction}\n\n${input}` }];
}

/** People's text without the strings that the tokenizer would turn into control tokens. */
export function withoutControlTokens({ controlTokens }: Pick<ChatTokenizer, 'controlTokens'>, text: string): string {
  let clean = text;
  let before: string;
  do {
    before = clean;
    for (const token of controlTokens) clean = clean.replaceAll(token, '');
  } while (clean !== before); // taking one out may put another together: <|im_<|im_end|>end|>
  return clean;
}

/** Whether the template speaks for the system when nobody did: then an empty system turn makes the text shorter, else longer. */
function hasDefaultSystemTurn(tokenizer: ChatTokenizer): boolean {
  const user: Turn = { role: 'user', content: 'question' };
  const length = (turns: Turn[]) => tokenizer.render(turns, { generationPrompt: true }).length;
  try {
    return length([{ role: 'system', content: '' }, user]) < length([user]);
  } catch {
    return false; // a template that knows no system turn has no default one
  }
}
