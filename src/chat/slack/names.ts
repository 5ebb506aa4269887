// The names behind the ids that a message holds, asked for before it is written as Markdown.
import type { NameOf } from './face/markdown.ts';

/** An event is kept within a second, with or without the names of those it mentions. */
const LONGEST_MS = 700;

/** The names of `ids` as far as they come in time. */
export type Names = (ids: string[]) => Promise<NameOf>;

/** `U…` and `W…` are people, `C…` and `G…` channels; nothing else is asked for. */
export function openNames(person: (id: string) => Promise<{ name: string }>, channel: (id: string) => Promise<{ name: string }>): Names {
  return async ids => {
    const names = new Map<string, string>();
    const asked = ids.flatMap(id => {
      const ask = /^[UW]/.test(id) ? person(id) : /^[CG]/.test(id) ? channel(id) : undefined;
      return ask ? [ask.then(({ name }) => void names.set(id, name)).catch(() => {})] : [];
    });
    if (asked.length > 0) await inTime(Promise.all(asked));
    return id => names.get(id);
  };
}

async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise(resolve => {
    timer = setTimeout(resolve, LONGEST_MS);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
