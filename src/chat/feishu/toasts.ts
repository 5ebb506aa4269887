// A private answer as a toast: Feishu shows one to whoever pressed a button, if it comes with the acknowledgement, within three seconds.
import type { Card } from '../chat.ts';
import { markdownToText } from '../markdown.ts';

/** Longer sentences are read more easily as a message than in the moment a toast stays. */
const MOST_CHARACTERS = 120;

export type Toasts = {
  /** From now on `press` can be answered. `within`: the sentence, if it has come or comes within `ms`; then no more. */
  expect(press: string): { within(ms: number): Promise<string | undefined> };
  /** False: the press waits no longer, or the card is more than a sentence. */
  answer(press: string, card: Card): boolean;
};

export function openToasts(): Toasts {
  const waiting = new Map<string, (text: string) => void>();
  return {
    expect(press) {
      const answered = new Promise<string>(resolve => waiting.set(press, resolve));
      return {
        async within(ms) {
          let timer: NodeJS.Timeout | undefined;
          const late = new Promise<undefined>(resolve => {
            timer = setTimeout(() => resolve(undefined), ms);
          });
          return Promise.race([answered, late]).finally(() => {
            clearTimeout(timer);
            waiting.delete(press);
          });
        },
      };
    },
    answer(press, card) {
      const text = sentenceOf(card);
      const tell = waiting.get(press);
      if (text === undefined || !tell) return false;
      waiting.delete(press);
      tell(text);
      return true;
    },
  };
}

/** The card as one short sentence, if that is all it is. */
function sentenceOf({ title, parts }: Card): string | undefined {
  const [part] = parts;
  if (title !== '' || parts.length !== 1 || !('markdown' in part)) return undefined;
  const text = markdownToText(part.markdown);
  return text !== '' && text.length <= MOST_CHARACTERS && !text.includes('\n') && !/\]\(/.test(part.markdown) ? text : undefined;
}
