// A message as Slack's Web API and its events show it: only the fields that we read.

export type SlackMessage = {
  type?: string;
  subtype?: string;
  ts: string;
  thread_ts?: string;
  user?: string;
  bot_id?: string;
  text?: string;
  blocks?: unknown[];
  files?: SlackFile[];
  edited?: { ts: string };
  reactions?: { name: string; users: string[] }[];
  metadata?: { event_type?: string; event_payload?: Record<string, unknown> };
  /** of the first message of a thread */
  reply_count?: number;
  latest_reply?: string;
};

export type SlackFile = { id: string; name?: string; size?: number; mimetype?: string };

/** Who the bot is in its workspace. `site` is the workspace's address, with a slash at its end. */
export type Me = { team: string; teamName: string; enterprise?: string; user: string; bot: string; site: string };

/** What people and bots said; not that somebody joined, renamed the channel and the like. */
const SAID = [undefined, 'file_share', 'thread_broadcast', 'me_message', 'bot_message'];
export const isSaid = ({ subtype }: Pick<SlackMessage, 'subtype'>): boolean => SAID.includes(subtype);

/** The thread that a message is a reply in; undefined for the first message of one. */
export const threadOf = ({ ts, thread_ts }: Pick<SlackMessage, 'ts' | 'thread_ts'>): string | undefined =>
  thread_ts && thread_ts !== ts ? thread_ts : undefined;

/** `1700000000.000100` as a moment. */
export const dateOf = (ts: string): Date => new Date(Number(ts) * 1000);

/** A moment as Slack writes it. */
export const tsOf = (date: Date): string => (Math.max(0, date.getTime()) / 1000).toFixed(6);

export const isMine = (message: SlackMessage, me: Me): boolean => message.bot_id === me.bot || message.user === me.user;
