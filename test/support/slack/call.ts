// One method of the Web API, as a row of a table: who may call it, what it takes, how often, and what it does.
import type { Delivery } from './delivery.ts';
import type { Tier } from './limits.ts';
import type { Rates } from './rates.ts';
import type { Json, Team } from './team.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';

/** `json` comes as text in a form, as itself in a JSON body. */
export type Kind = 'text' | 'flag' | 'number' | 'json';
export type Args = Record<string, unknown>;
export type World = {
  team: Team;
  rates: Rates;
  triggers: Triggers;
  views: Views;
  delivery: Delivery;
  base: string;
  scopes(): string[];
  ticket(): string;
  changed(messageId: string): void;
  /** after which a file that was uploaded can be shown */
  processingMs: number;
};
export type Method = {
  tier: Tier;
  token?: 'app';
  /** Any one of them is enough; several where it depends on the kind of channel. */
  scopes: string[];
  takes: Record<string, Kind>;
  needs?: string[];
  run(args: Args, world: World): Promise<Json> | Json;
};
