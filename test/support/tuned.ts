// The harbour office's bot, taught from its file and trained: where the stories of questions, votes and reports begin.
import { harbourTeam } from './harbour-team.ts';
import type { Person, Seen } from './person.ts';

export async function teach(person: Person): Promise<void> {
  await person.drop('team.json', JSON.stringify(harbourTeam));
  await person.sees(/I keep 20 new examples/);
}

/** Run `no` makes v`no`, with the settings that the bot picks, or with these. Gives the report card. */
export async function train(person: Person, no: number, settings = 'seed=1'): Promise<Seen> {
  await person.say(`/finetune start ${settings}`);
  return person.sees(new RegExp(`^Run ${no} · done: v${no}`), { within: 90_000 });
}
