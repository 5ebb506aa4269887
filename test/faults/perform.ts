// Deeds, done: by people of a Place, whatever the platform, one after the other, and nobody waits for the bot.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place, Seen } from '../support/person.ts';
import type { Choice, Deed } from './deeds.ts';

export type Talk = { asker: string; author: string; question: Seen; answer: Seen };
export type Ground = { place: Place /** their ids */; people: string[]; talks: Talk[]; comparisons: Seen[] };
export type Done = {
  /** The last vote of each: by comparison (its place in the list) and person. */
  votes: Map<string, Choice>;
  /** Words that were said as a command and nobody knows: each is answered. */
  words: { by: string; word: string }[];
  /** Questions to the bot. */
  asked: Seen[];
  removed: Set<string>;
};

const LABELS: Record<Choice, string> = { A: 'A is better', B: 'B is better', tie: 'Tie', bad: 'Both bad' };
/** A team that does a thousand things does not do them in one moment. */
const PACE_MS = 12;

/** `before` is called before each of them. Resolves when every one was taken by the platform. */
export async function perform(all: Deed[], ground: Ground, before: (n: number) => Promise<void>): Promise<Done> {
  const { place, people, talks, comparisons } = ground;
  const done: Done = { votes: new Map(), words: [], asked: [], removed: new Set() };
  const chatter: Seen[] = [];
  /** What one person types and presses comes in order. */
  const busy = new Map<string, Promise<unknown>>();
  const inTurn = (who: string, what: () => Promise<unknown>) => {
    const mine = (busy.get(who) ?? Promise.resolve()).then(what);
    busy.set(who, mine);
    mine.catch(() => {});
  };

  async function act(deed: Deed): Promise<void> {
    const who = 'by' in deed ? people[deed.by] : '';
    switch (deed.kind) {
      case 'chat':
        chatter.push(await place.say(who, {}, deed.text, []));
        return;
      case 'unsay': {
        const mine = chatter.findIndex(({ author }) => author === who);
        if (mine >= 0) await place.remove(who, chatter.splice(mine, 1)[0]);
        return;
      }
      case 'approve': {
        const { answer } = talks[deed.talk];
        if (!done.removed.has(answer.id)) await place.react(who, answer, '✅', deed.on);
        return;
      }
      case 'edit':
      case 'remove': {
        const { asker, author, [deed.part]: message } = talks[deed.talk];
        if (done.removed.has(message.id)) return;
        const writer = deed.part === 'question' ? asker : author;
        if (deed.kind === 'edit') return place.edit(writer, message, deed.text);
        done.removed.add(message.id);
        return place.remove(writer, message);
      }
      case 'vote':
        inTurn(who, async () => {
          await place.press(who, comparisons[deed.comparison], LABELS[deed.choice]);
          done.votes.set(`${deed.comparison} ${who}`, deed.choice);
        });
        return;
      case 'command':
        if (deed.text.startsWith('word')) done.words.push({ by: who, word: deed.text });
        inTurn(who, () => place.say(who, {}, `/finetune ${deed.text}`.trim(), []));
        return;
      case 'ask':
        done.asked.push(await place.say(who, {}, `@apprentice ${deed.text}`, []));
    }
  }

  for (const [n, deed] of all.entries()) {
    await before(n);
    await act(deed);
    await sleep(PACE_MS);
  }
  await Promise.all(busy.values());
  return done;
}
