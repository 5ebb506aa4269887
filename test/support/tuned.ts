// The harbour office's bot, taught from its file and trained: where the stories of questions, votes and reports begin.
import { sql } from 'drizzle-orm';
import { harbourTeam } from './harbour-team.ts';
import type { Person, Seen } from './person.ts';
import type { Story } from './story.ts';

export async function teach(person: Person): Promise<void> {
  await person.drop('team.json', JSON.stringify(harbourTeam));
  await person.sees(/I keep 20 new examples/);
}

/** Run `no` makes v`no`, with the settings that the bot picks, or with these. Gives the report card. */
export async function train(person: Person, no: number, settings = 'seed=1'): Promise<Seen> {
  await person.say(`/finetune start ${settings}`);
  return person.sees(new RegExp(`^Run ${no} · done: v${no}`), { within: 90_000 });
}

const ANSWERED_TWICE = /\[Better answer\]|Which one is better\?|Both gave the same answer|There is no vote here/;

/** A question that has two answers. `a`, `b`: their texts; `tuned`: the side of the version that was trained, which nobody in the chat can see. */
export type Compared = { id: number; question: Seen; shown: Seen; a: string; b: string; tuned: 'A' | 'B' };

/** Asks, and gives the comparison that came of it; undefined where there is nothing to vote on. */
export async function compare(story: Story, person: Person, text: string): Promise<Compared | undefined> {
  const question = await person.say(`@apprentice ${text}`);
  // Where outsiders read nothing is learned, and no better answer is asked for.
  const shown = await person.sees(ANSWERED_TWICE, { thread: question });
  const { rows } = await story.look(db =>
    db.execute<{ id: string; comparison: boolean; text: string; version: string | null }>(
      sql`select q.id, q.comparison, a.text, a.version from answers a join questions q on q.id = a.question
        where q.id = (select max(id) from questions) order by a.side`,
    ),
  );
  const [a, b] = rows;
  return a.comparison ? { id: Number(a.id), question, shown, a: a.text, b: b.text, tuned: a.version === null ? 'B' : 'A' } : undefined;
}

/** The 24 hours of every open comparison are over. */
export const daysPass = (story: Story) =>
  story.look(db => db.execute(sql`update questions set closes_at = now() where comparison and closed_at is null`));
