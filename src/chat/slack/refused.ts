// What Slack says when it refuses, as one of the four errors that a chat may throw. The one table of its codes.

import type { Lang } from '../../words/words.ts';
import { say } from '../../words/words.ts';
import { Gone, NotAllowed, RetryLater, TooLong } from '../errors.ts';

/** No answer, or none that says what became of the call: it may have been carried out. */
export class Unclear extends RetryLater {}

/**
 * docs.slack.dev/reference/methods, “Errors” of the methods we call. `later` in milliseconds; `unclear`: “it's possible some aspect of the
 * operation succeeded before the error was raised”; `fix` is a sentence of words/ (slack.fix.…).
 */
type Row = { gone: true } | { long: true } | { fix: string } | { later: number; unclear?: true };

const gone = { gone: true } as const;
const long = { long: true } as const;
const token = { later: 60_000 } as const;
const soon = { later: 2_000 } as const;
const unclear = { later: 2_000, unclear: true } as const;

const TABLE: Record<string, Row> = {
  channel_not_found: gone,
  message_not_found: gone,
  thread_not_found: gone,
  user_not_found: gone,
  users_not_found: gone,
  user_disabled: gone,
  file_not_found: gone,
  file_deleted: gone,
  bot_not_found: gone,
  cannot_reply_to_message: gone,
  not_reactable: gone,
  msg_too_long: long,
  msg_blocks_too_long: long,
  metadata_too_large: long,
  not_in_channel: { fix: 'invite' },
  user_not_in_channel: { fix: 'notThere' },
  is_archived: { fix: 'archived' },
  // chat.update says it so: “within a frozen, archived or deleted channel”.
  is_inactive: { fix: 'archived' },
  cant_update_message: { fix: 'notOurs' },
  cant_delete_message: { fix: 'notOurs' },
  edit_window_closed: { fix: 'editWindow' },
  missing_scope: { fix: 'scope' },
  not_allowed_token_type: { fix: 'scope' },
  access_denied: { fix: 'admin' },
  accesslimited: { fix: 'admin' },
  app_access_restricted: { fix: 'admin' },
  no_permission: { fix: 'admin' },
  ekm_access_denied: { fix: 'admin' },
  team_access_not_granted: { fix: 'admin' },
  restricted_action: { fix: 'admin' },
  restricted_action_read_only_channel: { fix: 'admin' },
  restricted_action_thread_only_channel: { fix: 'admin' },
  restricted_action_non_threadable_channel: { fix: 'admin' },
  restricted_action_thread_locked: { fix: 'admin' },
  thread_locked: { fix: 'admin' },
  posting_to_channel_denied: { fix: 'admin' },
  file_uploads_disabled: { fix: 'admin' },
  file_uploads_except_images_disabled: { fix: 'admin' },
  file_upload_size_restricted: { fix: 'admin' },
  file_type_not_allowed: { fix: 'admin' },
  blocked_file_type: { fix: 'admin' },
  // Rules of an organisation for channels that it shares with others (Slack Connect).
  slack_connect_file_link_sharing_blocked: { fix: 'admin' },
  slack_connect_file_upload_sharing_blocked: { fix: 'admin' },
  slack_connect_blocked_file_type: { fix: 'admin' },
  storage_limit_reached: { fix: 'storage' },
  too_many_emoji: { fix: 'emoji' },
  too_many_reactions: { fix: 'emoji' },
  cannot_dm_bot: { fix: 'direct' },
  user_is_bot: { fix: 'direct' },
  user_not_visible: { fix: 'unseen' },
  invalid_user_combination: { fix: 'unseen' },
  messages_tab_disabled: { fix: 'messagesTab' },
  enterprise_is_restricted: { fix: 'admin' },
  // A token is put right by an admin while we run, or at the next start: what waits must not be lost until then.
  invalid_auth: token,
  not_authed: token,
  token_revoked: token,
  token_expired: token,
  account_inactive: token,
  org_login_required: token,
  ratelimited: soon,
  rate_limited: soon,
  message_limit_exceeded: { later: 60_000 },
  external_channel_migrating: { later: 60_000 },
  update_failed: soon,
  file_update_failed: soon,
  fetch_members_failed: soon,
  internal_error: unclear,
  fatal_error: unclear,
  service_unavailable: soon,
  request_timeout: soon,
  team_added_to_org: { later: 60_000 },
};

/** The token itself is what Slack refuses. */
export const isTokenProblem = (code: string): boolean => TABLE[code] === token;

/** The code that Slack gave with an error of ours; undefined where it gave none. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && error.cause instanceof Error
    ? ((error.cause as { data?: { error?: string } }).data?.error ?? codeOf(error.cause))
    : undefined;

/** `code` as an error of ours; undefined for one that only a bug of ours can bring about (a wrong block, an unknown argument). */
export function refusalOf(method: string, code: string, cause: Error, lang: Lang, needed = ''): Error | undefined {
  const row = TABLE[code];
  if (!row) return undefined;
  if ('gone' in row) return new Gone(`${method}: ${code}`, { cause });
  if ('long' in row) return new TooLong(`${method}: ${code}`, { cause });
  if ('later' in row) return row.unclear ? new Unclear(row.later, { cause }) : new RetryLater(row.later, { cause });
  return new NotAllowed(`${method}: ${code}`, say(lang, `slack.fix.${row.fix}`, { scopes: needed }), { cause });
}
