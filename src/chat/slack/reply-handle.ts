// The opaque handle by which an event can be answered privately: where it was said, and Slack's response_url as long as that is good.

/** docs.slack.dev/interactivity/handling-user-interaction#message_responses: five answers within thirty minutes. */
export const USES = 5;
const GOOD_FOR_MS = 30 * 60_000;

/** `alone`: it was pressed on what only that person sees. */
export type ReplyHandle = { channel?: string; thread?: string; url?: string; until?: number; alone?: true };

/** `at`: when the url was handed out. */
export function replyHandle(place: { channel?: string; thread?: string; alone?: true }, url?: string, at: number = Date.now()): string {
  const handle: ReplyHandle = { ...place, ...(url && { url, until: at + GOOD_FOR_MS }) };
  return Buffer.from(JSON.stringify(handle)).toString('base64url');
}

/** When the address was handed out; undefined where there is none. */
export const handedOut = ({ until }: ReplyHandle): number | undefined => until && until - GOOD_FOR_MS;

/** Empty for one that is not ours. */
export function readHandle(reply: string | undefined): ReplyHandle {
  if (!reply) return {};
  try {
    return JSON.parse(Buffer.from(reply, 'base64url').toString('utf8')) ?? {};
  } catch {
    return {};
  }
}
