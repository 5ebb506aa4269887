// What Slack tells, and what it is to the bot.
import { describe, expect, it } from 'vitest';
import { commandEvent, pressEvent, submissionEvent } from '../../../src/chat/slack/commands.ts';
import { type Callback, eventOf, type SlackEvent } from '../../../src/chat/slack/events.ts';
import { readHandle } from '../../../src/chat/slack/reply-handle.ts';
import { approvers } from '../../../src/chat/slack/signs.ts';

const me = { team: 'T1', teamName: 'Acme', user: 'UBOT', bot: 'B1', site: 'https://acme.slack.com/' };
const nameOf = (id: string) => ({ UBOT: 'apprentice', U1: 'Ann', U2: 'Ben', W7: 'Grid' })[id];
const told = (event: object, id = 'Ev1') =>
  eventOf({ event: event as SlackEvent, event_id: id, event_time: 1_760_000_000 } as Callback, me, nameOf);
const message = (more: object = {}) => ({
  type: 'message',
  channel: 'C1',
  channel_type: 'channel',
  user: 'U1',
  text: 'hi',
  ts: '1760000000.000100',
  ...more,
});

describe('events of Slack', () => {
  it('a mention comes twice and has one key', () => {
    const text = '<@UBOT> how do I ship?';
    const twice = [told(message({ text }), 'Ev1'), told(message({ type: 'app_mention', text }), 'Ev2')];
    expect(new Set(twice.map(event => event?.key)).size).toBe(1);
    expect(twice[0]).toMatchObject({
      kind: 'message',
      person: 'U1',
      place: { channel: 'C1' },
      text: 'how do I ship?',
      ref: { channel: 'C1', id: '1760000000.000100' },
    });
    expect(twice[0]?.at).toEqual(new Date(1_760_000_000_000.1));
  });

  it('the mention of somebody else stays, as a mention', () => {
    expect(told(message({ text: '<@UBOT> /finetune admin <@U2>' }))).toMatchObject({ text: '/finetune admin [@Ben](person:U2)' });
  });

  it('people of an Enterprise Grid, whose ids begin with W', () => {
    expect(told(message({ user: 'W7', text: '<@UBOT> hi <@W7>' }))).toMatchObject({ person: 'W7', text: 'hi [@Grid](person:W7)' });
  });

  it('in a thread the place has it; in the message that begins one it has not', () => {
    const text = '<@UBOT> hi';
    expect(told(message({ text, thread_ts: '1750000000.000100' }))).toMatchObject({
      place: { channel: 'C1', thread: '1750000000.000100' },
    });
    expect(told(message({ text, thread_ts: '1760000000.000100' }))).toMatchObject({ place: { channel: 'C1' } });
    const { reply } = told(message({ text, thread_ts: '1750000000.000100' })) as { reply: string };
    expect(readHandle(reply)).toEqual({ channel: 'C1', thread: '1750000000.000100' });
  });

  it('a direct message needs no mention, and a file of examples neither', () => {
    expect(told(message({ channel: 'D1', channel_type: 'im' }))).toMatchObject({ kind: 'message', text: 'hi' });
    const files = [{ id: 'F1', name: 'rows.jsonl', size: 12, mimetype: 'text/plain' }];
    expect(told(message({ subtype: 'file_share', text: '', files }))).toMatchObject({
      kind: 'message',
      files: [{ id: 'F1', name: 'rows.jsonl', bytes: 12, mime: 'text/plain' }],
    });
    expect(told(message({ subtype: 'file_share', files: [{ id: 'F2', name: 'cat.png' }] }))).toBeUndefined();
  });

  it.each([
    ['talk among people', message()],
    ['the bot’s own message', message({ user: 'UBOT', bot_id: 'B1', text: '<@UBOT>' })],
    ['another bot', message({ bot_id: 'B2', text: '<@UBOT> hi' })],
    ['Slackbot', message({ channel_type: 'im', user: 'USLACKBOT' })],
    ['somebody who joined', message({ subtype: 'channel_join', text: '<@UBOT> has joined' })],
    ['a renamed channel', message({ subtype: 'channel_name', text: '<@UBOT>' })],
    ['the bot’s own edit', message({ subtype: 'message_changed', message: { ts: '1.1', user: 'UBOT', bot_id: 'B1', text: 'b' } })],
    [
      'a preview of a link',
      message({
        subtype: 'message_changed',
        message: { ts: '1.1', user: 'U1', text: 'a' },
        previous_message: { ts: '1.1', user: 'U1', text: 'a' },
      }),
    ],
    [
      'the bot’s own reaction',
      { type: 'reaction_added', user: 'UBOT', reaction: 'eyes', item: { type: 'message', channel: 'C1', ts: '1.1' } },
    ],
    ['a reaction on a file', { type: 'reaction_added', user: 'U1', reaction: 'eyes', item: { type: 'file', file: 'F1' } }],
    ['a person’s token', { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } }],
    ['what nobody subscribed to', { type: 'team_rename', name: 'x' }],
  ])('%s is nothing', (_, event) => expect(told(event)).toBeUndefined());

  it.each([
    ['a reaction', { type: 'reaction_added', user: 'U1', reaction: 'eyes', item: { type: 'message', channel: 'C1', ts: '1.1' } }],
    [
      'one taken back',
      { type: 'reaction_removed', user: 'U1', reaction: '+1::skin-tone-2', item: { type: 'message', channel: 'C1', ts: '1.1' } },
    ],
    [
      'an edit',
      message({
        subtype: 'message_changed',
        message: { ts: '1.1', user: 'U1', text: 'b' },
        previous_message: { ts: '1.1', user: 'U1', text: 'a' },
      }),
    ],
    ['a deletion', message({ subtype: 'message_deleted', deleted_ts: '1.1' })],
    [
      'the deletion of a message with replies, which leaves a tombstone',
      message({
        subtype: 'message_changed',
        message: { ts: '1.1', user: 'USLACKBOT', subtype: 'tombstone', text: 'This message was deleted.' },
        previous_message: { ts: '1.1', user: 'U1', text: 'a' },
      }),
    ],
  ])('%s touches the message', (_, event) =>
    expect(told(event)).toMatchObject({ key: 'Ev1', kind: 'touched', ref: { channel: 'C1', id: '1.1' } }),
  );

  it('the bot’s own edit touches what people have reacted to: they approved of other words', () => {
    const event = message({ subtype: 'message_changed', message: { ts: '1.1', user: 'UBOT', bot_id: 'B1', text: 'b' } });
    const edited = eventOf({ event, event_id: 'Ev1' } as unknown as Callback, me, nameOf, ref => ref === 'C1:1.1');
    expect(edited).toMatchObject({ kind: 'touched', ref: { channel: 'C1', id: '1.1' } });
  });

  it('who opens the direct chat with the bot, and not who looks at another page of the app', () => {
    const opened = { type: 'app_home_opened', user: 'U1', channel: 'D1' };
    expect(told({ ...opened, tab: 'messages' })).toMatchObject({ kind: 'met', person: 'U1' });
    expect(told({ ...opened, tab: 'home' })).toBeUndefined();
  });

  it('who comes and goes, and the end of it all', () => {
    expect(told({ type: 'member_joined_channel', user: 'UBOT', channel: 'C1' })).toMatchObject({
      kind: 'joined',
      person: 'bot',
      channel: 'C1',
    });
    expect(told({ type: 'member_joined_channel', user: 'UBOT', channel: 'C1', inviter: 'U1' })).toMatchObject({ person: 'bot', by: 'U1' });
    expect(told({ type: 'member_joined_channel', user: 'U1', channel: 'C1', inviter: 'U1' })).not.toHaveProperty('by');
    expect(told({ type: 'member_joined_channel', user: 'U1', channel: 'C1' })).toMatchObject({ kind: 'joined', person: 'U1' });
    expect(told({ type: 'member_left_channel', user: 'U1', channel: 'C1' })).toMatchObject({ kind: 'left', person: 'U1' });
    expect(told({ type: 'channel_archive', user: 'U1', channel: 'C1' })).toMatchObject({ kind: 'left', person: 'bot' });
    expect(told({ type: 'app_uninstalled' })).toMatchObject({ kind: 'uninstalled' });
    expect(told({ type: 'tokens_revoked', tokens: { bot: ['UBOT'] } })).toMatchObject({ kind: 'uninstalled' });
  });
});

it('the thumb has two names, in the settings and from Slack', () => {
  for (const approve of ['+1', 'thumbsup'])
    for (const name of ['+1', 'thumbsup', '+1::skin-tone-6'])
      expect(approvers([{ name, users: ['U1'] }], [approve], 'UBOT')).toEqual(['U1']);
  expect(approvers([{ name: 'thumbsdown', users: ['U1'] }], ['+1'], 'UBOT')).toEqual([]);
});

describe('commands, presses and forms', () => {
  it('a command is said to the bot, whatever an admin calls it; its names are mentions', () => {
    const body = {
      command: '/tune',
      text: 'admin <@U2|ben>',
      user_id: 'U1',
      channel_id: 'C9',
      response_url: 'https://hooks/1',
      trigger_id: '1.2',
    };
    const event = commandEvent(body, nameOf);
    expect(event).toMatchObject({
      key: 'command:1.2',
      kind: 'message',
      person: 'U1',
      place: { channel: 'C9' },
      text: '/finetune admin [@Ben](person:U2)',
    });
    expect(event).not.toHaveProperty('ref');
    expect(readHandle((event as { reply: string }).reply)).toMatchObject({ channel: 'C9', url: 'https://hooks/1' });
    expect(commandEvent({ ...body, text: '' }, nameOf)).toMatchObject({ text: '/finetune' });
  });

  it('a press in a thread knows the thread, and a form what it was opened from', () => {
    const body = {
      user: { id: 'U1' },
      trigger_id: '5.6',
      response_url: 'https://hooks/2',
      channel: { id: 'C1' },
      container: { channel_id: 'C1', message_ts: '2.2', thread_ts: '1.1' },
      actions: [{}],
    };
    const press = { action: 'vote', value: '7', fields: { notes: 'a,b' } };
    expect(pressEvent(body, press)).toMatchObject({ key: 'press:5.6', kind: 'action', ref: { channel: 'C1', id: '2.2' }, ...press });
    const { reply } = pressEvent(body, press) as { reply: string };
    const sent = submissionEvent(
      { user: { id: 'U1' }, trigger_id: '8.9', view: { id: 'V1' } },
      { ...press, carried: JSON.stringify({ id: '2.2', reply }) },
    );
    expect(sent).toMatchObject({ key: 'form:8.9', ref: { channel: 'C1', id: '2.2' }, reply });
    expect(readHandle(reply)).toMatchObject({ channel: 'C1', thread: '1.1', url: 'https://hooks/2' });
  });
});
