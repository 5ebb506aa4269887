// What a busy team does in half a minute, made from a seed: the same seed is the same thousand deeds.

/** An answer below its question; the numbers are places in the lists of whoever performs the deeds. */
export type Deed =
  | { kind: 'chat'; by: number; text: string }
  | { kind: 'unsay'; by: number }
  | { kind: 'approve'; by: number; talk: number; on: boolean }
  | { kind: 'edit'; talk: number; part: 'question' | 'answer'; text: string }
  | { kind: 'remove'; talk: number; part: 'question' | 'answer' }
  | { kind: 'vote'; by: number; comparison: number; choice: Choice }
  | { kind: 'command'; by: number; text: string }
  | { kind: 'ask'; by: number; text: string };
export const CHOICES = ['A', 'B', 'tie', 'bad'] as const;
export type Choice = (typeof CHOICES)[number];

export type Shape = { people: number; talks: number; comparisons: number };

/** What everybody sees the answer of comes often: it must be said once. */
const COMMANDS = ['', 'mine', 'examples', 'list', 'status', 'status', 'status', 'status', 'help'];
/** Deeds in a hundred. What is left over is chatter that is none of the bot's business. */
const OFTEN = { approve: 50, vote: 9, command: 9, edit: 9, unsay: 3, remove: 0.4, ask: 0.8 };
/** Every so many-th talk is edited, and another one may be removed: the others show that nothing happens by mistake. */
const EDITED = 3;
const REMOVED = 5;

/** 0 ≤ x < 1; mulberry32, public domain by Tommy Ettinger. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function deeds(random: () => number, count: number, { people, talks, comparisons }: Shape): Deed[] {
  const below = (n: number) => Math.floor(random() * n);
  const oneOf = <T>(all: readonly T[]): T => all[below(all.length)];
  const kindOf = (): Deed['kind'] => {
    let at = random() * 100;
    for (const [kind, often] of Object.entries(OFTEN)) if ((at -= often) < 0) return kind as Deed['kind'];
    return 'chat';
  };
  const every = (n: number) => oneOf(Array.from({ length: talks }, (_, i) => i).filter(i => i % EDITED === n));
  return Array.from({ length: count }, (_, n): Deed => {
    const by = below(people);
    const kind = kindOf();
    const part = oneOf(['question', 'answer', 'answer'] as const);
    switch (kind) {
      case 'approve':
        return { kind, by, talk: below(talks), on: random() < 0.55 };
      case 'vote':
        return { kind, by, comparison: below(comparisons), choice: oneOf(CHOICES) };
      case 'command':
        // Every other one is a word that nobody else says, so that its answer can be told from all others.
        return { kind, by, text: random() < 0.5 ? `word${n}` : oneOf(COMMANDS) };
      case 'edit':
        return { kind, talk: every(0), part, text: part === 'question' ? `Where is key ${n}?` : `Key ${n} is kept by Rosa.` };
      case 'remove':
        return { kind, talk: oneOf([...Array(talks).keys()].filter(i => i % REMOVED === 1)), part };
      case 'ask':
        return { kind, by, text: `Where is locker ${n}?` };
      case 'unsay':
        return { kind, by };
      default:
        return { kind: 'chat', by, text: `The crane moved ${n} boats today.` };
    }
  });
}
