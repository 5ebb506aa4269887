// Who may call: one bot token, one app token, and what they were granted. Tokens are revoked and rotated as Slack does it.
import { randomBytes } from 'node:crypto';
import { demand, SlackRefusal } from './refusal.ts';

export type Tokens = ReturnType<typeof openTokens>;

const fresh = (kind: 'xoxb' | 'xapp') =>
  kind === 'xoxb' ? `xoxb-1-${randomBytes(9).toString('hex')}` : `xapp-1-A1-1-${randomBytes(9).toString('hex')}`;

/** `scopes` of the bot token; the app token has connections:write. */
export function openTokens(scopes: string[]) {
  let bot = fresh('xoxb');
  let app = fresh('xapp');
  const dead = new Map<string, string>();
  const granted = { bot: [...scopes], app: ['connections:write'] };

  return {
    get bot() {
      return bot;
    },
    get app() {
      return app;
    },
    granted,
    /** What Slack says to a token from now on: token_revoked, account_inactive, token_expired, invalid_auth. */
    kill(token: string, error: string) {
      dead.set(token, error);
    },
    revive(token: string) {
      dead.delete(token);
    },
    /** Another bot token; the old one has expired. */
    rotate(): string {
      dead.set(bot, 'token_expired');
      bot = fresh('xoxb');
      return bot;
    },
    rotateApp(): string {
      dead.set(app, 'invalid_auth');
      app = fresh('xapp');
      return app;
    },
    /** Refuses a token that is none, dead, of the other kind, or lacks a scope of `needed` (one of several where it is a list). */
    check(token: string | undefined, kind: 'bot' | 'app', needed: string[]): void {
      demand(token, 'not_authed');
      const error = dead.get(token);
      if (error) throw new SlackRefusal(error);
      demand(token === bot || token === app, 'invalid_auth');
      demand((token === bot) === (kind === 'bot'), 'not_allowed_token_type');
      const has = granted[kind];
      if (needed.length > 0 && !needed.some(scope => has.includes(scope))) {
        throw new SlackRefusal('missing_scope', { needed: needed.join(','), provided: has.join(',') });
      }
    },
  };
}
