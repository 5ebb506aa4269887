// A tenant of the fake Feishu with the vendor's own client, for its tests: one call, and what the call needs of it.
import * as lark from '@larksuiteoapi/node-sdk';
import { openFakeFeishu } from '../support/feishu/fake.ts';

export const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

export type Json = Record<string, unknown>;
export const text = (content: string) => ({ msg_type: 'text', content: JSON.stringify({ text: content }) });
export const markdown = (content: string) => ({ tag: 'markdown', content });
export const card = (elements: Json[], config: Json = { update_multi: true }) => ({
  schema: '2.0',
  config,
  header: { title: { tag: 'plain_text', content: 'A card' } },
  body: { elements },
});
export const interactive = (value: unknown) => ({ msg_type: 'interactive', content: JSON.stringify(value) });
export const button = (more: Json = {}) => ({
  tag: 'button',
  text: { tag: 'plain_text', content: 'Go' },
  behaviors: [{ type: 'callback', value: { go: '1' } }],
  ...more,
});
export const submit = button({ name: 'go', form_action_type: 'submit' });
export const input = (name: string) => ({ tag: 'input', name });
export const form = (elements: Json[]) => ({ tag: 'form', name: 'f', elements });
export const columns = (...elements: Json[]) => ({ tag: 'column_set', columns: [{ tag: 'column', elements }] });
export const nested = (depth: number): Json => columns(depth > 1 ? nested(depth - 1) : markdown('deep'));
export const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

/** A tenant for one call, and what the call needs of it. */
export async function openTenant() {
  const fake = await openFakeFeishu();
  const { hands, team } = fake;
  const [ann, ben] = ['Ann', 'Ben'].map(fake.person);
  const client = new lark.Client({
    appId: fake.app.id,
    appSecret: fake.app.secret,
    domain: fake.address,
    logger: quiet,
    cache: new lark.DefaultCache(),
  });
  const { message } = client.im.v1;
  const send = (data: Json, to = team, receive_id_type: 'chat_id' | 'open_id' | 'email' = 'chat_id') =>
    message.create({ params: { receive_id_type }, data: { receive_id: to, ...data } as never });
  const sent = async (data: Json, to?: string) => (await send(data, to)).data!.message_id!;
  const request = (method: string, url: string, data?: Json, params?: Json) =>
    client.request({ method, url: `/open-apis${url}`, data, params });
  const react = (message_id: string, emoji_type: string) =>
    client.im.v1.messageReaction.create({ path: { message_id }, data: { reaction_type: { emoji_type } } });
  return { fake, hands, team, ann, ben, client, message, send, sent, request, react };
}
export type Tenant = Awaited<ReturnType<typeof openTenant>>;
export type Answer = Promise<{ code?: number } | null>;

export const put = (t: Tenant, message_id: string, data: Json) => t.message.update({ path: { message_id }, data: data as never });
export const patch = (t: Tenant, message_id: string, value: unknown) =>
  t.message.patch({ path: { message_id }, data: { content: JSON.stringify(value) } });
export const get = (t: Tenant, message_id: string) => t.message.get({ path: { message_id } });
export const reply = (t: Tenant, message_id: string, data: Json) => t.message.reply({ path: { message_id }, data: data as never });
export const list = (t: Tenant, params: Json) => t.message.list({ params: params as never });
export const ofKind = (kind: 'restricted' | 'external' | 'private') => async (t: Tenant) =>
  (await t.hands.addChat(t.ann, { name: kind, kind, purpose: '', ...(kind === 'private' && { members: [t.ann] }) })).id;
export const others = ofKind('private');
export const cards = (bad: Json[], good: Json[]) => ({
  bad: (t: Tenant) => t.send(interactive(card(bad))),
  good: (t: Tenant) => t.send(interactive(card(good))),
});
export const many = (n: number) => Array.from({ length: n }, (_, i) => markdown(`line ${i}`));
export const table = '| a | b |\n| --- | --- |\n| 1 | 2 |';

/** The same tenant with a client that fetches its token anew. */
export async function sameTenant(t: Tenant): Promise<Tenant> {
  const client = new lark.Client({
    appId: t.fake.app.id,
    appSecret: t.fake.app.secret,
    domain: t.fake.address,
    logger: quiet,
    cache: new lark.DefaultCache(),
  });
  return { ...t, client, message: client.im.v1.message };
}

export async function recalled(t: Tenant): Promise<string> {
  const id = await t.hands.say(t.ann, t.team, 'gone');
  await t.hands.recall(t.ann, id);
  return id;
}

export async function threadOf(t: Tenant): Promise<string> {
  const root = await t.hands.say(t.ann, t.team, 'root');
  const answer = await reply(t, root, { ...text('below'), reply_in_thread: true });
  return answer.data!.thread_id!;
}

export async function edited(t: Tenant, times: number): Promise<{ code?: number }> {
  const id = await t.sent(text('0'));
  const answers = await Promise.all(Array.from({ length: times }, (_, i) => put(t, id, text(`${i}`))));
  return answers.find(({ code }) => code !== 0) ?? { code: 0 };
}

/** The last answer of so many edits, with time between them for the limit of a second. */
export async function editedSlowly(t: Tenant, times: number): Promise<{ code?: number }> {
  const id = await t.sent(text('0'));
  t.fake.cloud.wires.get(id)!.edits = times - 1;
  return put(t, id, text('last'));
}

export async function takenBack(t: Tenant, own: boolean): Promise<{ code?: number }> {
  const message_id = await t.hands.say(t.ann, t.team, 'x');
  await t.hands.react(t.ben, message_id, 'DONE');
  await t.react(message_id, 'DONE');
  const { items = [] } = (await t.client.im.v1.messageReaction.list({ path: { message_id } })).data!;
  const { reaction_id } = items.find(({ operator }) => (operator?.operator_type === 'app') === own)!;
  return t.client.im.v1.messageReaction.delete({ path: { message_id, reaction_id: reaction_id! } });
}

export const ephemeral = (t: Tenant, chat_id: string): Answer =>
  t.request('POST', '/ephemeral/v1/send', { chat_id, open_id: t.ann, msg_type: 'interactive', card: card([markdown('x')]) });
export const command = (t: Tenant): Answer =>
  t.request('POST', '/application/v7/app_slash_commands', { command: 'finetune', description: { default_value: 'Train' } });
