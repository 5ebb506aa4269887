// People and chats as Feishu shows them now.

import { bounded } from '../bounded.ts';
import type { Channel, Person } from '../chat.ts';
import { Gone } from '../errors.ts';
import type { Api } from './api.ts';
import { means } from './codes.ts';

const REMEMBERED = 5_000;
/** Members of a chat that are looked through for a name: 10 pages of 100. */
const PAGES = 10;

export type People = {
  person(id: string): Promise<Person>;
  channel(id: string): Promise<Channel>;
  /** Somebody was named in a message, or seen in a chat: what a name can be found by without the scope for names. */
  seen(person: string, about: { name?: string; chat?: string; tenant?: string }): void;
  /** The bot's own company; people of another one are guests. */
  home(tenant: string): void;
  /** The chat with this one person. */
  isDirect(chat: string): boolean;
  directSeen(chat: string): void;
};

export function openPeople({ client, ask, appId }: Api, bot: { openId: string; name: string }): People {
  const names = bounded<string, string>(REMEMBERED);
  const chats = bounded<string, string>(REMEMBERED);
  const direct = bounded<string, true>(REMEMBERED);
  const tenants = bounded<string, string>(REMEMBERED);
  let home: string | undefined;

  /**
   * The name may be missing for want of the scope contact:user.base:readonly, or of this person in the app's contact range; then it is
   * looked for among the members of the chat that they were seen in. The end of the id stands in for a name that is nowhere.
   */
  async function person(id: string): Promise<Person> {
    if (id === bot.openId || id === appId) return { id, name: bot.name, guest: false, bot: true };
    if (id.startsWith('cli_')) return { id, name: id, guest: false, bot: true };
    const found = await ask(() => client.contact.v3.user.get({ path: { user_id: id }, params: { user_id_type: 'open_id' } })).catch(
      error => {
        // Who is outside of the contact range is there all the same.
        if (means(error, 'scope', 'unavailable')) return undefined;
        throw error;
      },
    );
    // Who is in nobody's contacts here may be of another company: the members of a chat are listed with theirs.
    if (!found?.user?.name && !(names.get(id) && tenants.get(id))) await lookInChat(id);
    const name = found?.user?.name || names.get(id) || id.slice(-6);
    names.set(id, name);
    const tenant = tenants.get(id);
    return { id, name, guest: !found?.user && home !== undefined && tenant !== undefined && tenant !== home, bot: false };
  }

  async function lookInChat(id: string): Promise<void> {
    const chat = chats.get(id);
    if (!chat) return;
    let page_token: string | undefined;
    for (let page = 0; page < PAGES; page++) {
      const members = await ask(() =>
        client.im.v1.chatMembers.get({ path: { chat_id: chat }, params: { member_id_type: 'open_id', page_size: 100, page_token } }),
      ).catch(() => undefined);
      for (const { member_id, name, tenant_key } of members?.items ?? []) {
        if (member_id && name) names.set(member_id, name);
        if (member_id && tenant_key) tenants.set(member_id, tenant_key);
      }
      page_token = members?.page_token;
      if ((names.get(id) && tenants.get(id)) || !members?.has_more || !page_token) break;
    }
  }

  async function channel(id: string): Promise<Channel> {
    const chat = await ask(() => client.im.v1.chat.get({ path: { chat_id: id }, params: { user_id_type: 'open_id' } }));
    if (!chat) throw new Gone(`chat ${id}`);
    const kind = kindOf(chat);
    if (kind === 'direct') direct.set(id, true);
    return { id, name: chat.name ?? '', kind, purpose: chat.description ?? '', guests: kind === 'external' };
  }

  return {
    person,
    channel,
    seen(id, { name, chat, tenant }) {
      if (name) names.set(id, name);
      if (chat) chats.set(id, chat);
      if (tenant) tenants.set(id, tenant);
    },
    home: tenant => {
      home = tenant;
    },
    isDirect: chat => direct.get(chat) === true,
    directSeen: chat => direct.set(chat, true),
  };
}

/**
 * What a chat is in the product's terms. Feishu has groups of two types: a `public` one is found and joined by everybody in the company,
 * which is what "open" means; a `private` one, Feishu's default, is entered by invitation only. What people write there they write for
 * those who were invited, so the promise never to learn from private channels holds for it too, however usual such groups are: the
 * owner can make a group public in its settings, and everybody in it reads that. Where another company takes part (`external`), or the
 * group is confidential (restricted mode), nothing is learned whatever its type.
 */
export function kindOf(chat: {
  chat_mode?: string;
  chat_type?: string;
  external?: boolean;
  restricted_mode_setting?: { status?: boolean };
}): Channel['kind'] {
  if (chat.chat_mode === 'p2p') return 'direct';
  if (chat.external) return 'external';
  if (chat.restricted_mode_setting?.status) return 'restricted';
  return chat.chat_type === 'public' ? 'open' : 'private';
}
