// The platforms that every story is told on: what npm start needs to be on one, and how its people get in.
import { feishuLongConnection, feishuWebhook } from './feishu/platforms.ts';
import type { Apprentice } from './npm-start.ts';
import type { Place } from './person.ts';
import { hasRedis, testRedis } from './redis.ts';
import { slackHttp, slackSocket } from './slack/platform.ts';
import { visit } from './visitor.ts';

export interface Platform {
  /** Stands at the beginning of the names of its tests. */
  readonly name: string;
  /** Its people talk on the bot's own page. */
  readonly page?: true;
  /** The platform as it is before npm start; it outlives any number of starts. */
  open(): Promise<FarSide>;
}

export type FarSide = {
  /** What somebody sets before npm start. */
  env: Record<string, string>;
  enter(apprentice: Pick<Apprentice, 'address' | 'output'>): Promise<Place>;
  /** Where people are told before their words are learned, and have a day to say no. */
  waits?: true;
  close(): Promise<void>;
};

const local: Platform = {
  name: 'local',
  page: true,
  open: async () => ({ env: {}, enter: ({ address }) => visit(address), close: async () => {} }),
};

/** The queue in Redis instead of Postgres. */
const localOnRedis: Platform = {
  name: 'local, Redis',
  page: true,
  async open() {
    const [side, redis] = await Promise.all([local.open(), testRedis()]);
    return { ...side, env: { ...side.env, REDIS_URL: redis.url }, close: redis.close };
  },
};

const usual: Platform[] = [local, slackSocket, feishuLongConnection];

/** The usual ways and the others: Redis, the second transport of each platform. Three stories are told on all of them each time. */
export const everyWay: Platform[] = [...usual, ...(hasRedis ? [localOnRedis] : []), slackHttp, feishuWebhook];

/** Where a story is told; with ALL_WAYS (`npm run test:all`) every one on every way. */
export const platforms: Platform[] = process.env.ALL_WAYS ? everyWay : usual;
