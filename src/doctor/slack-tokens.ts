// Slack's two tokens, each by itself: whether Slack knows it, what it may do, and whether both are of one app.
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { newClient } from '../chat/slack/calls.ts';
import { BOT_SCOPES } from '../chat/slack/scopes.ts';
import type { Tell } from './finding.ts';
import { firstWord } from './first-word.ts';
import { told } from './why-not.ts';

/** Slack's codes (docs.slack.dev/reference/methods/auth.test, …/apps.connections.open, “Errors”), and the sentence of each. */
const REFUSED: Record<string, string> = {
  invalid_auth: 'wrong',
  not_authed: 'wrong',
  token_revoked: 'gone',
  account_inactive: 'gone',
  token_expired: 'expired',
  not_allowed_token_type: 'kind',
  org_login_required: 'login',
  team_access_not_granted: 'login',
  missing_scope: 'scope',
};
const DOWN = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'];
/** For which there is no sentence with one of the two tokens. */
const OTHERWISE = { token: ['scope'], app: ['expired', 'login'] };
const RETRIES = { retryConfig: { retries: 2, minTimeout: 300, factor: 2 } };

type Identity = {
  url?: string;
  team?: string;
  user?: string;
  bot_id?: string;
  is_enterprise_install?: boolean;
  response_metadata?: { scopes?: string[] };
};

/** The id of the app that the token is of, where Slack tells it; undefined where the token is no good, `away` where Slack is not there. */
export async function checkBotToken(token: string, apiUrl: string | undefined, tell: Tell): Promise<{ app?: string } | 'away' | undefined> {
  const client = newClient(token, apiUrl, RETRIES);
  const identity = await asked<Identity>(client, 'auth.test', 'token', tell);
  if (!identity || identity === 'away') return identity;
  const { bot_id, user = '', team = '', is_enterprise_install, response_metadata } = identity;
  if (is_enterprise_install) {
    tell('ill', 'doctor.slack.token.org');
    return undefined;
  }
  // A person's token answers too, but has no bot.
  if (!bot_id) {
    tell('ill', 'doctor.slack.token.kind', { code: 'no bot' });
    return undefined;
  }
  tell('well', 'doctor.slack.token', { name: user, team });
  tellScopes(response_metadata?.scopes, tell);
  // With a scope that the bot has anyway (users:read); where it is missing, that has been said just now.
  const about = await client.bots.info({ bot: bot_id }).catch(() => undefined);
  return { app: about?.bot?.app_id };
}

function tellScopes(granted: string[] | undefined, tell: Tell): void {
  const missing = BOT_SCOPES.filter(scope => granted && !granted.includes(scope));
  if (!granted) tell('note', 'doctor.slack.scopes.untold');
  else if (missing.length === 0) tell('well', 'doctor.slack.scopes', { count: BOT_SCOPES.length });
  else tell('ill', 'doctor.slack.scopes.missing', { scopes: missing.join(', '), count: missing.length });
}

/** Opens a connection and closes it at once. `botApp`: whose app the other token is. */
export async function checkAppToken(token: string, apiUrl: string | undefined, botApp: string | undefined, tell: Tell): Promise<void> {
  const address = await asked<{ url?: string }>(newClient(token, apiUrl, RETRIES), 'apps.connections.open', 'app', tell);
  if (!address || address === 'away' || !address.url) return;
  tell('well', 'doctor.slack.app');
  const line = await firstWord(address.url, { greeted: true });
  if (!line.opened) return tell('ill', 'doctor.slack.line.closed', { code: line.why });
  const { type, reason = '', connection_info } = greeting(line.word);
  if (type === 'hello') tell('well', 'doctor.slack.line');
  else if (reason === 'too_many_websockets') tell('ill', 'doctor.slack.line.full', { code: reason });
  else if (reason === 'link_disabled') tell('ill', 'doctor.slack.line.off', { code: reason });
  else tell('ill', 'doctor.slack.line.closed', { code: reason || type || 'no hello' });
  const app = connection_info?.app_id;
  if (app && botApp && app !== botApp) tell('ill', 'doctor.slack.two-apps', { bot: botApp, app });
}

async function asked<T>(client: WebClient, method: string, token: keyof typeof OTHERWISE, tell: Tell): Promise<T | 'away' | undefined> {
  try {
    return (await client.apiCall(method, {})) as T;
  } catch (error) {
    if (error instanceof WebAPIRateLimitedError) tell('ill', 'doctor.slack.busy', { seconds: error.retryAfter });
    else if (error instanceof WebAPIPlatformError) tellRefused(error.data.error, token, tell);
    else {
      tell('ill', 'doctor.slack.unreachable', { code: told(error) });
      return 'away';
    }
    return undefined;
  }
}

function tellRefused(code: string, token: keyof typeof OTHERWISE, tell: Tell): void {
  const known = REFUSED[code];
  const sentence = known && !OTHERWISE[token].includes(known) ? known : known === 'expired' ? 'gone' : 'refused';
  tell('ill', DOWN.includes(code) ? 'doctor.slack.down' : `doctor.slack.${token}.${sentence}`, { code });
}

function greeting(word: string): { type?: string; reason?: string; connection_info?: { app_id?: string } } {
  try {
    return JSON.parse(word);
  } catch {
    return {};
  }
}
