// Before anything else: who the bot is, and whether its tokens are good and may do what the bot needs.
import { type WebAPICallResult, WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { Refusal } from '../../problem.ts';
import { newClient } from './calls.ts';
import type { Me } from './message.ts';
import { isTokenProblem } from './refused.ts';

/** Without these nothing works; what else may be missing is said where it is needed. */
const NEEDED_SCOPES = ['chat:write', 'commands', 'reactions:read', 'users:read', 'channels:history', 'channels:read'];
/** Slack's own code for a token of the wrong kind. */
const NO_BOT = 'not_allowed_token_type';
/** So often Slack is asked before we say that it cannot be reached. */
const TRIES = 3;

type Identity = WebAPICallResult & {
  url?: string;
  team?: string;
  team_id?: string;
  enterprise_id?: string;
  is_enterprise_install?: boolean;
  user_id?: string;
  bot_id?: string;
};

/** Asks Slack who we are. Refuses with slack.badToken, slack.orgWide, slack.missingScope or slack.unreachable. */
export async function whoAmI(botToken: string, apiUrl?: string): Promise<Me> {
  const client = newClient(botToken, apiUrl, { retryConfig: { retries: TRIES - 1, minTimeout: 300, factor: 2 } });
  const identity = (await asked(client, 'auth.test', 'slack.badToken')) as Identity;
  const { team_id, user_id, bot_id } = identity;
  // Such a token is of no workspace: people, channels and what was approved would lie in one heap.
  if (identity.is_enterprise_install) throw new Refusal('slack.orgWide');
  // A person's token answers too, but has no bot.
  if (!team_id || !user_id || !bot_id) throw new Refusal('slack.badToken', { code: NO_BOT });
  const granted = identity.response_metadata?.scopes;
  const missing = granted ? NEEDED_SCOPES.filter(scope => !granted.includes(scope)) : [];
  if (missing.length > 0) throw new Refusal('slack.missingScope', { scopes: missing.join(', ') });
  return {
    team: team_id,
    teamName: identity.team ?? team_id,
    enterprise: identity.enterprise_id || undefined,
    user: user_id,
    bot: bot_id,
    site: identity.url ?? 'https://slack.com/',
  };
}

/** Refuses with slack.badAppToken where Socket Mode cannot be had with it. */
export async function checkAppToken(appToken: string, apiUrl?: string): Promise<void> {
  const client = newClient(appToken, apiUrl, { retryConfig: { retries: TRIES - 1, minTimeout: 300, factor: 2 } });
  await asked(client, 'apps.connections.open', 'slack.badAppToken');
}

async function asked(client: WebClient, method: string, bad: string): Promise<WebAPICallResult> {
  try {
    return await client.apiCall(method, {});
  } catch (cause) {
    if (!(cause instanceof WebAPIPlatformError)) throw new Refusal('slack.unreachable', { what: (cause as Error).message }, { cause });
    const { error: code, needed } = cause.data as { error: string; needed?: string };
    if (code === 'missing_scope' && bad !== 'slack.badAppToken')
      throw new Refusal('slack.missingScope', { scopes: needed ?? '' }, { cause });
    if (isTokenProblem(code) || REFUSED.includes(code)) throw new Refusal(bad, { code }, { cause });
    throw new Refusal('slack.unreachable', { what: code }, { cause });
  }
}

/** A token that is good for something else, or switched off for this. */
const REFUSED = ['missing_scope', 'not_allowed_token_type', 'forbidden_team', 'no_permission', 'access_denied', 'socket_mode_disabled'];
