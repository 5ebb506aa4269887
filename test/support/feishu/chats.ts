// The calls about chats and the people in them.
import type { RoomChannel, RoomPerson } from '../../../src/chat/local/entries.ts';
import { type Cloud, TENANT } from './cloud.ts';
import type { Route } from './gateway.ts';
import { LIMITS, refuse } from './limits.ts';

const READ = ['im:chat', 'im:chat:readonly', 'im:chat:read'];
const MEMBERS = [...READ, 'im:chat.members:read'];
const CONTACT = ['contact:contact.base:readonly', 'contact:user.base:readonly', 'contact:contact:readonly_as_app'];

export function chatRoutes(cloud: Cloud): Route[] {
  const { state, bot } = cloud;

  function reached(id: string): RoomChannel {
    const chat = state.channels.get(id) ?? refuse('badChat');
    if (cloud.disbanded.has(id)) refuse('dissolved');
    if (!cloud.botIsIn(id)) refuse('outsideChat');
    return chat;
  }

  const membersOf = ({ id }: RoomChannel): RoomPerson[] =>
    [...state.people.values()].filter(person => !person.bot && cloud.room.isIn(person.id, id));

  function page<T>(all: T[], { page_size = '20', page_token = '0' }: Record<string, string>) {
    const [size, start] = [Number(page_size), Number(page_token)];
    if (!Number.isInteger(size) || size < 1 || size > 2 * LIMITS.pageSize) refuse('badParameter', 'invalid page_size');
    const has_more = start + size < all.length;
    return { items: all.slice(start, start + size), has_more, page_token: has_more ? String(start + size) : '' };
  }

  return [
    {
      call: 'GET /open-apis/im/v1/chats/:chat_id',
      scopes: READ,
      query: ['user_id_type'],
      run({ params }) {
        const chat = reached(params.chat_id);
        const direct = chat.kind === 'direct';
        return {
          avatar: '',
          name: direct ? '' : chat.name,
          description: chat.purpose,
          chat_mode: direct ? 'p2p' : 'group',
          chat_type: chat.kind === 'open' ? 'public' : 'private',
          chat_tag: chat.kind === 'external' ? 'cross_tenant' : 'inner',
          external: chat.kind === 'external',
          tenant_key: TENANT,
          user_count: String(membersOf(chat).length),
          bot_count: '1',
          chat_status: 'normal',
          restricted_mode_setting: { status: chat.kind === 'restricted' },
          group_message_type: 'chat',
        };
      },
    },
    {
      call: 'GET /open-apis/im/v1/chats',
      scopes: READ,
      query: ['user_id_type', 'sort_type', 'page_token', 'page_size'],
      run({ query }) {
        const mine = [...state.channels.values()].filter(
          ({ id, kind }) => kind !== 'direct' && cloud.botIsIn(id) && !cloud.disbanded.has(id),
        );
        return page(
          mine.map(({ id, name, purpose, kind }) => ({
            chat_id: id,
            avatar: '',
            name,
            description: purpose,
            external: kind === 'external',
            tenant_key: TENANT,
            chat_status: 'normal',
          })),
          query,
        );
      },
    },
    {
      call: 'GET /open-apis/im/v1/chats/:chat_id/members',
      scopes: MEMBERS,
      query: ['member_id_type', 'page_token', 'page_size'],
      run({ params, query }) {
        const chat = reached(params.chat_id);
        const members = membersOf(chat).map(({ id, name, guest }) => ({
          member_id_type: 'open_id',
          member_id: id,
          name,
          tenant_key: guest ? 'tk_other' : TENANT,
        }));
        return { ...page(members, query), member_total: members.length };
      },
    },
    {
      call: 'GET /open-apis/contact/v3/users/:user_id',
      scopes: CONTACT,
      query: ['user_id_type', 'department_id_type'],
      run({ params, query }) {
        if ((query.user_id_type ?? 'open_id') !== 'open_id') refuse('badUser');
        const person = state.people.get(params.user_id) ?? refuse('badUser');
        // Whoever belongs to another tenant is in no one's contacts here; neither is a bot.
        if (person.guest || person.id === bot.id) refuse('noAuthority');
        return {
          user: {
            open_id: person.id,
            union_id: person.id.replace(/^ou_/, 'on_'),
            name: person.name,
            en_name: '',
            status: { is_activated: true, is_exited: false, is_frozen: false, is_resigned: false, is_unjoin: false },
          },
        };
      },
    },
  ];
}
