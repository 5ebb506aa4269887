// Every code of Slack that people can bring about is one of the four errors, with what an admin can do about it in their language.
import { describe, expect, it } from 'vitest';
import { Gone, NotAllowed, RetryLater, TooLong } from '../../../src/chat/errors.ts';
import { codeOf, isTokenProblem, refusalOf } from '../../../src/chat/slack/refused.ts';

const refused = (code: string, lang: 'en' | 'zh' = 'en', needed = '') =>
  refusalOf('chat.postMessage', code, Object.assign(new Error(code), { data: { error: code } }), lang, needed);

describe('what Slack refuses', () => {
  it.each([
    ['channel_not_found', Gone],
    ['message_not_found', Gone],
    ['thread_not_found', Gone],
    ['user_not_found', Gone],
    ['file_deleted', Gone],
    ['msg_too_long', TooLong],
    ['msg_blocks_too_long', TooLong],
    ['not_in_channel', NotAllowed],
    ['is_archived', NotAllowed],
    ['is_inactive', NotAllowed],
    ['app_access_restricted', NotAllowed],
    ['slack_connect_file_upload_sharing_blocked', NotAllowed],
    ['invalid_user_combination', NotAllowed],
    ['cannot_reply_to_message', Gone],
    ['external_channel_migrating', RetryLater],
    ['update_failed', RetryLater],
    ['cant_update_message', NotAllowed],
    ['edit_window_closed', NotAllowed],
    ['missing_scope', NotAllowed],
    ['restricted_action', NotAllowed],
    ['messages_tab_disabled', NotAllowed],
    ['ratelimited', RetryLater],
    ['internal_error', RetryLater],
    ['token_revoked', RetryLater],
    ['account_inactive', RetryLater],
    ['invalid_auth', RetryLater],
  ])('%s', (code, kind) => {
    const error = refused(code);
    expect(error).toBeInstanceOf(kind);
    expect(codeOf(error)).toBe(code);
  });

  it('says what to do, naming the scope, in either language', () => {
    expect(refused('not_in_channel')).toMatchObject({ fix: expect.stringContaining('/invite') });
    expect(refused('missing_scope', 'en', 'files:write')).toMatchObject({ fix: expect.stringContaining('files:write') });
    expect(refused('is_archived', 'zh')).toMatchObject({ fix: expect.stringContaining('归档') });
    for (const code of ['not_in_channel', 'is_archived', 'restricted_action', 'storage_limit_reached', 'too_many_emoji', 'cannot_dm_bot']) {
      expect((refused(code) as NotAllowed).fix).not.toMatch(/slack\.fix|\{/);
    }
  });

  it('knows what is the token’s fault, and takes a bug of ours for one', () => {
    expect(['token_revoked', 'not_authed', 'token_expired'].every(isTokenProblem)).toBe(true);
    expect(isTokenProblem('not_in_channel')).toBe(false);
    expect(refused('invalid_blocks')).toBeUndefined();
    expect(refused('invalid_arguments')).toBeUndefined();
  });
});
