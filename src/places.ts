// The places where people talk, as the configuration switches them on. A new platform is a file in places/ and a row here.
import type { Chat } from './chat/chat.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import { openFeishuPlace } from './places/feishu.ts';
import { openLocalPlace } from './places/local.ts';
import { openSlackPlace } from './places/slack.ts';
import { Refusal } from './problem.ts';
import type { WebOptions } from './web/server.ts';
import type { Lang } from './words/words.ts';

/** A place that can be reached. What it wants of the web server, and what to close when the bot in it has stopped. */
export type OpenPlace = {
  chat: Chat;
  /** What its people read unless they say otherwise; unset: the installation's. */
  lang?: Lang;
  web?: Pick<WebOptions, 'desk' | 'draw' | 'receivers'>;
  close?(): Promise<void>;
};

/** How `npm start` speaks of a place. */
export type Telling = (kind: 'line' | 'problem', code: string, values?: Record<string, string | number>) => void;

/** Undefined where the configuration does not switch it on, which it has told. A Refusal says what is wrong with what it was given. */
export type Opener = (config: Config, log: Log, tell: Telling) => Promise<OpenPlace | undefined>;

const OPENERS: Opener[] = [openLocalPlace, openSlackPlace, openFeishuPlace];

/** Every place that can be reached. What is wrong with one is told and does not keep the others; refuses where there is none at all. */
export async function openPlaces(config: Config, log: Log, tell: Telling): Promise<OpenPlace[]> {
  const places: OpenPlace[] = [];
  for (const open of OPENERS) {
    try {
      const place = await open(config, log, tell);
      if (place) places.push(place);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      tell('problem', error.problem.code, error.problem.values);
    }
  }
  if (places.length === 0) throw new Refusal('chat.off');
  return places;
}
