// Feishu or Lark, live: the credentials, what the app may do, the long connection, and a group that the admin names.
import type { MessageRef } from '../chat/chat.ts';
import { type Api, openApi } from '../chat/feishu/api.ts';
import { whoAmI } from '../chat/feishu/connect.ts';
import { openFeishu, WEBHOOK_PATH } from '../chat/feishu/feishu.ts';
import { openUpload } from '../chat/feishu/upload.ts';
import type { Config } from '../config.ts';
import { Refusal } from '../problem.ts';
import type { Lang } from '../words/words.ts';
import { checkScopes, checkVersion } from './feishu-app.ts';
import type { Tell } from './finding.ts';
import { firstWord } from './first-word.ts';
import { tryPlace } from './try-place.ts';
import { told } from './why-not.ts';

/** The endpoint of the long connection: more connections than the vendor allows one app (50). */
const TOO_MANY = 1_000_040_350;

/** `chats`: ids to try. */
export async function checkFeishu(feishu: Config['feishu'], chats: string[], lang: Lang, tell: Tell): Promise<void> {
  const { appId, appSecret, encryptKey } = feishu;
  if (!appId && !appSecret && !encryptKey) {
    tell('note', 'doctor.feishu.off');
    for (const id of chats) tell('ill', 'doctor.place.off.feishu', { id });
    return;
  }
  if (!appId || !appSecret) {
    const missing = [...(appId ? [] : ['FEISHU_APP_ID']), ...(appSecret ? [] : ['FEISHU_APP_SECRET'])];
    return tell('ill', 'doctor.feishu.token.unset', { missing: missing.join(', '), count: missing.length });
  }
  const options = { ...feishu, appId, appSecret, lang, note() {} };
  const api = openApi(options, options);
  try {
    const { name } = await whoAmI(api);
    tell('well', 'doctor.feishu.token', { name });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return tell('ill', error.problem.code, error.problem.values);
  }
  await checkScopes(api, tell);
  await checkVersion(api, tell);
  if (encryptKey) tell('note', 'doctor.feishu.webhook', { path: WEBHOOK_PATH });
  else await checkLine(api, appSecret, tell);
  if (chats.length === 0) return tell('note', 'doctor.feishu.no-place');
  // Never started, it only speaks; and it offers no commands.
  const chat = await openFeishu({ ...options, commands: [] });
  const name = chat.platform === 'lark' ? 'Lark' : lang === 'zh' ? '飞书' : 'Feishu';
  for (const channel of chats) await tryPlace({ chat, name, channel, lang, ...handsOf(api) }, tell);
}

/** What the contract of a chat has no word for. */
function handsOf(api: Api) {
  return {
    /** Into the app's own store: in no chat does anything appear. */
    upload: () =>
      api.edge(
        'upload',
        async () => void (await openUpload(api).file({ name: 'apprentice-doctor.txt', mime: 'text/plain', text: 'npm run doctor\n' })),
      ),
    erase: ({ id }: MessageRef) => api.edge('erase', () => api.send(() => api.client.im.v1.message.delete({ path: { message_id: id } }))),
  };
}

/** Opens it and closes it at once. The SDK's own client would acknowledge events that nobody has kept. */
async function checkLine({ http, appId, domain }: Api, appSecret: string, tell: Tell): Promise<void> {
  type Endpoint = { code?: number; data?: { URL?: string } };
  let endpoint: Endpoint;
  try {
    endpoint = await http.post<Endpoint, Endpoint>(`${domain}/callback/ws/endpoint`, { AppID: appId, AppSecret: appSecret });
  } catch (error) {
    return tell('ill', 'doctor.feishu.line.closed', { code: told(error) });
  }
  const { code = 0, data } = endpoint;
  if (code === TOO_MANY) return tell('ill', 'doctor.feishu.line.full', { code });
  if (code !== 0 || !data?.URL) return tell('ill', 'doctor.feishu.line.refused', { code });
  const line = await firstWord(data.URL, { greeted: false });
  if (line.opened) tell('well', 'doctor.feishu.line');
  else tell('ill', 'doctor.feishu.line.closed', { code: line.why });
}
