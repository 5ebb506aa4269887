// What forgetting somebody will do, before anybody decides it.
import { countHeld } from '../../data/held.ts';
import { examplesBehind, type MadeOf, openRunOf, versionsMadeOf } from '../../data/lineage.ts';
import type { PersonRow } from '../../data/people.ts';
import type { Bot } from '../bot.ts';

export type Traces = {
  examples: number;
  /** rows of files that the person brought, among the examples */
  fromFiles: number;
  questions: number;
  /** that learned from it and are not out of use yet */
  versions: MadeOf[];
  run?: { no: number };
};

export async function tracesOf({ db }: Pick<Bot, 'db'>, person: Pick<PersonRow, 'id'>): Promise<Traces> {
  const own = await examplesBehind(db, person.id);
  const ids = own.map(({ id }) => id);
  return {
    examples: own.length,
    fromFiles: own.filter(({ parts }) => parts.length === 0).length,
    questions: (await countHeld(db, person.id)).questions,
    versions: (await versionsMadeOf(db, ids, 'train')).filter(({ state }) => state !== 'quarantined'),
    run: await openRunOf(db, ids),
  };
}
