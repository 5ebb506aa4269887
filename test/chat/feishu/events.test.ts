// What is heard of Feishu's events, without a Feishu: the pure part.
import { describe, expect, it } from 'vitest';
import { eventsOf, type Hearer, saidTo } from '../../../src/chat/feishu/events.ts';
import { kindOf } from '../../../src/chat/feishu/people.ts';
import { readReplyHandle, replyHandle } from '../../../src/chat/feishu/reply-handle.ts';
import type { Received } from '../../../src/chat/feishu/wire.ts';

const me: Hearer = { bot: 'ou_bot', commands: ['finetune'], approve: ['DONE', 'CheckMark'] };
const BOT = { key: '@_user_1', id: { open_id: 'ou_bot' }, name: 'apprentice' };

const received = (text: string, more: Partial<Received['message']> = {}, sender: Partial<Received['sender']> = {}): Received => ({
  event_id: 'ev1',
  sender: { sender_id: { open_id: 'ou_ann' }, sender_type: 'user', ...sender },
  message: {
    message_id: 'om_1',
    chat_id: 'oc_1',
    chat_type: 'group',
    message_type: 'text',
    create_time: '1760000000000',
    content: JSON.stringify({ text }),
    ...more,
  },
});

describe('a message', () => {
  it('is said to the bot by a mention, in a direct chat, or as a command; everything else is talk among people', () => {
    expect(saidTo(me, received('@_user_1 how do I ship?', { mentions: [BOT] }))?.event).toMatchObject({
      key: 'message:om_1',
      at: new Date(1_760_000_000_000),
      person: 'ou_ann',
      text: 'how do I ship?',
      place: { channel: 'oc_1' },
      ref: { channel: 'oc_1', id: 'om_1' },
    });
    expect(saidTo(me, received('怎么发布？', { chat_type: 'p2p' }))?.event.text).toBe('怎么发布？');
    expect(saidTo(me, received('／finetune start lr＝1e-3'))?.event.text).toBe('/finetune start lr=1e-3');
    expect(saidTo(me, received('how do I ship?'))).toBeUndefined();
    expect(saidTo(me, received('@_user_1 you', { mentions: [{ ...BOT, id: { open_id: 'ou_ben' } }] }))).toBeUndefined();
    expect(saidTo(me, received('/finetuned wine'))).toBeUndefined();
    expect(saidTo(me, received('@_all news', { mentions: [{ key: '@_all', id: {}, name: 'everybody' }] }))).toBeUndefined();
  });

  it('keeps who else was mentioned, and is never another bot’s', () => {
    const mentions = [BOT, { key: '@_user_2', id: { open_id: 'ou_ben' }, name: 'Ben' }];
    expect(saidTo(me, received('@_user_1 ask @_user_2', { mentions }))?.event.text).toBe('ask [@Ben](person:ou_ben)');
    expect(saidTo(me, received('@_user_1 hi', { mentions }, { sender_type: 'app' }))).toBeUndefined();
  });

  it('stands in a thread by the message that the thread hangs on', () => {
    const thread = { mentions: [BOT], thread_id: 'omt_1', root_id: 'om_root', parent_id: 'om_root' };
    expect(saidTo(me, received('@_user_1 hi', thread))?.event.place).toEqual({ channel: 'oc_1', thread: 'om_root' });
    expect(saidTo(me, received('@_user_1 hi', { mentions: [BOT], parent_id: 'om_0', root_id: 'om_0' }))?.event.place).toEqual({
      channel: 'oc_1',
    });
    // a new topic in a group of topics
    expect(saidTo(me, received('@_user_1 hi', { mentions: [BOT], thread_id: 'omt_2' }))?.event.place.thread).toBe('om_1');
  });

  it('points to a file by answering it; in a thread only where nothing else is said', () => {
    const content = JSON.stringify({ file_key: 'file_1', file_name: 'rows.json' });
    expect(saidTo(me, received('', { chat_type: 'p2p', message_type: 'file', content }))).toMatchObject({
      file: { message: 'om_1', key: 'file_1', name: 'rows.json' },
      event: { text: '' },
    });
    expect(saidTo(me, received('', { message_type: 'file', content }))).toBeUndefined();
    expect(saidTo(me, received('@_user_1', { mentions: [BOT], parent_id: 'om_file' }))?.pointsTo).toBe('om_file');
    const inThread = { mentions: [BOT], parent_id: 'om_file', root_id: 'om_file', thread_id: 'omt_1' };
    expect(saidTo(me, received('@_user_1', inThread))?.pointsTo).toBe('om_file');
    expect(saidTo(me, received('@_user_1 what is this?', inThread))?.pointsTo).toBeUndefined();
  });

  it('that cannot be read says nothing, and does no harm', () => {
    for (const content of ['', '{', 'null', '[]', '{"text":7}']) {
      expect(saidTo(me, received('', { chat_type: 'p2p', content }))?.event.text).toBe('');
    }
  });
});

describe('other events', () => {
  const reacted = (emoji_type: string, more = {}) => ({
    event_id: 'ev2',
    create_time: '1760000000000',
    message_id: 'om_1',
    operator_type: 'user',
    user_id: { open_id: 'ou_ann' },
    reaction_type: { emoji_type },
    ...more,
  });

  it('a reaction that approves touches its message, given or taken back; others and the bot’s own do not', () => {
    for (const type of ['im.message.reaction.created_v1', 'im.message.reaction.deleted_v1']) {
      expect(eventsOf(me, type, reacted('DONE'))).toEqual([
        { key: 'ev2', at: new Date(1_760_000_000_000), kind: 'touched', ref: { id: 'om_1' } },
      ]);
      expect(eventsOf(me, type, reacted('SMILE'))).toEqual([]);
      expect(eventsOf(me, type, reacted('DONE', { operator_type: 'app' }))).toEqual([]);
    }
  });

  it('a message is recalled, the bot and people come and go, a group is disbanded', () => {
    const base = { event_id: 'ev3', chat_id: 'oc_1' };
    expect(eventsOf(me, 'im.message.recalled_v1', { ...base, message_id: 'om_1' } as object)).toMatchObject([
      { kind: 'touched', ref: { channel: 'oc_1', id: 'om_1' } },
    ]);
    expect(eventsOf(me, 'im.chat.member.bot.added_v1', base)).toMatchObject([{ kind: 'joined', channel: 'oc_1', person: 'bot' }]);
    for (const type of ['im.chat.member.bot.deleted_v1', 'im.chat.disbanded_v1'])
      expect(eventsOf(me, type, base)).toMatchObject([{ kind: 'left', channel: 'oc_1', person: 'bot' }]);
    const users = [{ user_id: { open_id: 'ou_a' } }, { user_id: { open_id: 'ou_b' } }, {}];
    const joined = eventsOf(me, 'im.chat.member.user.added_v1', { ...base, users } as object);
    expect(joined).toMatchObject([{ person: 'ou_a' }, { person: 'ou_b' }]);
    expect(new Set(joined.map(({ key }) => key)).size).toBe(2);
    expect(eventsOf(me, 'nothing.we.know', base)).toEqual([]);
  });

  it('somebody opens the direct chat with the bot', () => {
    const entered = { event_id: 'ev4', chat_id: 'oc_1', operator_id: { open_id: 'ou_a' } } as object;
    const type = 'im.chat.access_event.bot_p2p_chat_entered_v1';
    expect(eventsOf(me, type, entered)).toMatchObject([{ key: 'ev4', kind: 'met', person: 'ou_a' }]);
    expect(eventsOf(me, type, { event_id: 'ev5' })).toEqual([]);
  });
});

describe('a chat', () => {
  it('is open only if it is public, of one company alone and not confidential', () => {
    expect(kindOf({ chat_mode: 'group', chat_type: 'public' })).toBe('open');
    expect(kindOf({ chat_mode: 'topic', chat_type: 'public' })).toBe('open');
    expect(kindOf({ chat_mode: 'group', chat_type: 'private' })).toBe('private');
    expect(kindOf({ chat_mode: 'group' })).toBe('private');
    expect(kindOf({ chat_mode: 'p2p', chat_type: 'private' })).toBe('direct');
    expect(kindOf({ chat_type: 'public', external: true })).toBe('external');
    expect(kindOf({ chat_type: 'public', restricted_mode_setting: { status: true } })).toBe('restricted');
  });
});

it('a reply’s handle tells where it goes, and what is none of ours tells nothing', () => {
  const handle = { place: { channel: 'oc_1', thread: 'om_1' }, press: 'ev' };
  expect(readReplyHandle(replyHandle(handle))).toEqual(handle);
  for (const reply of [undefined, '', 'x', Buffer.from('null').toString('base64url'), Buffer.from('{"place":1}').toString('base64url')])
    expect(readReplyHandle(reply)).toBeUndefined();
});
