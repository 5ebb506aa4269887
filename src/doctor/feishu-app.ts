// What Feishu tells of the app itself: which scopes are granted, whether a version is published, and which events it subscribes to.
import type { Api } from '../chat/feishu/api.ts';
import { FeishuProblem } from '../chat/feishu/codes.ts';
import { EVENTS } from '../chat/feishu/events.ts';
import { SCOPES } from '../chat/feishu/scopes.ts';
import type { Tell } from './finding.ts';

/** application/v6/scopes: 1 = granted, 2 = asked for and not granted (an unpublished version, or an admin who has not approved it). */
const GRANTED = 1;
/** application/v6/applications: 0 = switched off by an admin of the company. */
const SWITCHED_OFF = 0;
const HEARD = ['im.message.receive_v1', ...EVENTS];

/** Needs no scope itself. */
export async function checkScopes(api: Api, tell: Tell): Promise<void> {
  type Scopes = { scopes?: { scope_name?: string; grant_status?: number }[] };
  const found = await asked<Scopes>(api, '/open-apis/application/v6/scopes', {}, code =>
    tell('note', 'doctor.feishu.scopes.untold', { code }),
  );
  if (!found) return;
  const named = (granted: boolean) =>
    new Set((found.scopes ?? []).filter(scope => (scope.grant_status === GRANTED) === granted).map(({ scope_name }) => scope_name));
  const [granted, wanted] = [named(true), named(false)];
  const lacking = SCOPES.filter(({ name, orOne = [] }) => ![name, ...orOne].some(one => granted.has(one)));
  const isWanted = ({ name, orOne = [] }: (typeof SCOPES)[number]) => [name, ...orOne].some(one => wanted.has(one));
  const needed = lacking.filter(scope => scope.needed);
  tellSome(
    'ill',
    'doctor.feishu.scopes.missing',
    needed.filter(scope => !isWanted(scope)),
  );
  tellSome('ill', 'doctor.feishu.scopes.unpublished', needed.filter(isWanted));
  if (needed.length === 0) tell('well', 'doctor.feishu.scopes');
  tellSome(
    'note',
    'doctor.feishu.scopes.optional',
    lacking.filter(scope => !scope.needed),
  );

  function tellSome(sign: 'ill' | 'note', code: string, scopes: typeof SCOPES): void {
    if (scopes.length > 0) tell(sign, code, { scopes: scopes.map(({ name }) => name).join(', '), count: scopes.length });
  }
}

/** With the optional scope application:application:self_manage; without it one note. */
export async function checkVersion(api: Api, tell: Tell): Promise<void> {
  const params = { lang: 'zh_cn' };
  const path = `/open-apis/application/v6/applications/${api.appId}`;
  type App = { app?: { status?: number; online_version_id?: string; unaudit_version_id?: string } };
  const found = await asked<App>(api, path, params, code => tell('note', 'doctor.feishu.version.untold', { code }));
  if (!found?.app) return;
  const { status, online_version_id: online, unaudit_version_id: waiting } = found.app;
  if (!online) return tell('ill', 'doctor.feishu.version.none');
  if (status === SWITCHED_OFF) tell('ill', 'doctor.feishu.version.off');
  else tell('well', 'doctor.feishu.version');
  if (waiting) tell('note', 'doctor.feishu.version.waiting');
  type Version = { app_version?: { event_infos?: { event_type?: string }[] } };
  const version = await asked<Version>(api, `${path}/app_versions/${online}`, params, () => {});
  const events = (version?.app_version?.event_infos ?? []).flatMap(({ event_type }) => event_type ?? []);
  // A Feishu that names no event at all does not tell; one that names some tells all.
  if (events.length > 0) tellEvents(events, tell);
}

function tellEvents(subscribed: string[], tell: Tell): void {
  const missing = HEARD.filter(event => !subscribed.includes(event));
  if (missing.length === 0) tell('well', 'doctor.feishu.events', { count: HEARD.length });
  else tell('ill', 'doctor.feishu.events.missing', { events: missing.join(', '), count: missing.length });
}

/** Undefined, and `untold` called with Feishu's code, where Feishu does not say. */
async function asked<T>(
  { client, ask }: Api,
  url: string,
  params: Record<string, string>,
  untold: (code: number) => void,
): Promise<T | undefined> {
  try {
    return await ask<T>(() => client.request({ method: 'GET', url, params }));
  } catch (error) {
    if (!(error instanceof FeishuProblem)) throw error;
    untold(error.code);
    return undefined;
  }
}
