// The platforms that every story is told on: what npm start needs to be on one, and how its people get in.
import type { Apprentice } from './npm-start.ts';
import type { Place } from './person.ts';
import { visit } from './visitor.ts';

export interface Platform {
  /** Stands at the beginning of the names of its tests. */
  readonly name: string;
  /** The platform as it is before npm start; it outlives any number of starts. */
  open(): Promise<FarSide>;
}

export type FarSide = {
  /** What somebody sets before npm start. */
  env: Record<string, string>;
  enter(apprentice: Apprentice): Promise<Place>;
  close(): Promise<void>;
};

const local: Platform = {
  name: 'local',
  open: async () => ({ env: {}, enter: ({ address }) => visit(address), close: async () => {} }),
};

export const platforms: Platform[] = [local];
