// What is asked of Feishu once at the start: whether the app may do all that it needs, that its command is offered while typing, and
// who set it up.
import type { Api } from './api.ts';
import { FeishuProblem } from './codes.ts';
import { SCOPES } from './scopes.ts';

/** What the bot cannot do without; of several names one is enough, and the first is what docs/feishu.md asks for. */
const NEEDED = SCOPES.filter(({ needed }) => needed).map(({ name, orOne = [] }) => [name, ...orOne]);

/** The scopes that the tenant has not granted (or whose version was never published), in the order of the table; undefined where Feishu does not tell. */
export async function missingScopes({ client, ask }: Api): Promise<string[] | undefined> {
  try {
    type Granted = { scopes?: { scope_name?: string; grant_status?: number }[] };
    const answer = await ask<Granted>(() => client.request({ method: 'GET', url: '/open-apis/application/v6/scopes' }));
    const granted = new Set((answer?.scopes ?? []).filter(({ grant_status }) => grant_status === 1).map(({ scope_name }) => scope_name));
    // One of several is enough where the vendor says so.
    return NEEDED.filter(names => !names.some(name => granted.has(name))).map(([name]) => name);
  } catch (error) {
    if (error instanceof FeishuProblem) return undefined;
    throw error;
  }
}

/** The command in the list that opens at a slash. Newer clients only, and not in every tenant: without it people type it. */
export async function offerCommand({ client, send, note }: Api, command: string, descriptions: { zh: string; en: string }): Promise<void> {
  const url = '/open-apis/application/v7/app_slash_commands';
  const data = { command, description: { default_value: descriptions.zh, i18n: { zh_cn: descriptions.zh, en_us: descriptions.en } } };
  try {
    await send(() => client.request({ method: 'POST', url, data }));
  } catch (error) {
    if (!(error instanceof FeishuProblem)) throw error;
    note('info', 'feishu.commandNotOffered', { code: error.code });
  }
}

/** application/v6/applications: the owner is somebody of this company (and not the vendor or a partner). */
const OF_THE_COMPANY = 2;

/** The owner of the app; undefined where Feishu does not tell (the optional scope application:application:self_manage). */
export async function installer({ client, ask, appId }: Api): Promise<string | undefined> {
  try {
    const url = `/open-apis/application/v6/applications/${appId}`;
    type About = { app?: { owner?: { type?: number; owner_id?: string } } };
    const about = await ask<About>(() => client.request({ method: 'GET', url, params: { lang: 'zh_cn', user_id_type: 'open_id' } }));
    const { type, owner_id } = about?.app?.owner ?? {};
    return type === OF_THE_COMPANY ? owner_id : undefined;
  } catch (error) {
    if (error instanceof FeishuProblem) return undefined;
    throw error;
  }
}
