// The platforms that every story is told on: what npm start needs to be on one, and how its people get in.
import type { Apprentice } from './npm-start.ts';
import type { Place } from './person.ts';
import { visit } from './visitor.ts';

export interface Platform {
  /** Stands at the beginning of the names of its tests. */
  readonly name: string;
  /** What somebody sets before npm start. */
  readonly env: Record<string, string>;
  enter(apprentice: Apprentice): Promise<Place>;
}

const local: Platform = { name: 'local', env: {}, enter: ({ address }) => visit(address) };

export const platforms: Platform[] = [local];
