// The handle of a private reply: where the person spoke, and, for a press, the press itself, which can be answered while it waits.
import type { Place } from '../chat.ts';

export type ReplyHandle = { place: Place; press?: string };

export const replyHandle = (handle: ReplyHandle): string => Buffer.from(JSON.stringify(handle)).toString('base64url');

/** Undefined for what is no handle of ours. */
export function readReplyHandle(reply: string | undefined): ReplyHandle | undefined {
  if (reply === undefined) return undefined;
  try {
    const handle = JSON.parse(Buffer.from(reply, 'base64url').toString('utf8')) as ReplyHandle;
    return typeof handle?.place?.channel === 'string' ? handle : undefined;
  } catch {
    return undefined;
  }
}
