// What only one person sees: by the address that Slack gave, as long as it is good; else where they are; else directly.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Card, ChatEvent } from '../../../src/chat/chat.ts';
import { Gone, RetryLater } from '../../../src/chat/errors.ts';
import { replyHandle } from '../../../src/chat/slack/reply-handle.ts';
import { openSlack } from '../../../src/chat/slack/slack.ts';
import { until } from '../../support/room.ts';
import { elementsOf } from '../../support/slack/eyes.ts';
import { type Opened, openTestSlack } from './opened.ts';

const card = (text: string): Card => ({ title: '', parts: [{ markdown: text }] });

describe('private replies in Slack', () => {
  let t: Opened;
  beforeEach(async () => {
    t = await openTestSlack();
  });
  afterEach(() => t.close());

  type Said = Extract<ChatEvent, { kind: 'message' }>;
  const command = async (channel: string): Promise<Said> => {
    await t.slack.hands.command(t.ann.room, { channel }, '/finetune status');
    return until(() => t.events.findLast(event => event.kind === 'message') as Said | undefined, 'the command');
  };
  const all = () =>
    [...t.slack.team.state.messages.values()].filter(({ author, deleted }) => author === t.slack.team.state.bot && !deleted);
  const direct = () => t.slack.hands.directWith(t.ann.room);

  it('five by the address of the command, then as an ephemeral message', async () => {
    const { person, reply } = await command(t.team.room);
    for (let i = 0; i < 7; i++) await t.chat.postPrivately(`r:${i}`, { person, reply }, card(`reply ${i}`));
    expect(all()).toHaveLength(7);
    expect(all().every(({ onlyFor, channel }) => onlyFor === t.ann.room && channel === t.team.room)).toBe(true);
    expect(t.slack.calls.filter(({ method }) => method === 'chat.postEphemeral')).toHaveLength(2);
  });

  it('a command and a press that cannot be kept are acknowledged with a sentence for whoever waits', async () => {
    t.answer = async () => {
      throw new Error('the database is down');
    };
    const heard = () => all().filter(({ onlyFor, markdown }) => onlyFor === t.ann.room && /could not note that/.test(markdown)).length;
    await t.slack.hands.command(t.ann.room, { channel: t.team.room }, '/finetune status');
    await until(() => heard() === 1, 'the sentence about the command');
    const buttons: Card = { title: 'b', parts: [{ buttons: [{ label: 'A', action: 'vote', value: '7:A' }] }] };
    const at = await t.chat.post({ key: 'b', place: { channel: t.team.id }, card: buttons });
    const id = t.slack.team.idOf(at.id)!;
    const block = t.slack.team.extraOf(id).blocks!.find(({ type }) => type === 'actions')!;
    await t.slack.hands.press(t.ann.room, id, { block_id: String(block.block_id), element: elementsOf(block)[0] });
    await until(() => heard() === 2, 'the sentence about the press');
    expect(t.events.filter(({ kind }) => kind !== 'joined')).toEqual([]);
  });

  it('a command where the bot is not: the address still works, and then the direct channel', async () => {
    const elsewhere = await t.slack.hands.channel(t.ann.room, 'elsewhere', { kind: 'private' });
    await expect(t.chat.channel(t.slack.slackId(elsewhere))).rejects.toBeInstanceOf(Gone);
    const { person, reply, place } = await command(elsewhere);
    expect(await t.chat.channel(place.channel)).toMatchObject({ kind: 'private' });
    for (let i = 0; i < 6; i++) await t.chat.postPrivately(`r:${i}`, { person, place, reply }, card(`reply ${i}`));
    expect(all().filter(({ channel }) => channel === elsewhere)).toHaveLength(5);
    expect(all().filter(({ channel }) => channel === direct())).toHaveLength(1);
  });

  it('to somebody who is not in the channel, and about nowhere: directly, once', async () => {
    const cem = await t.slack.hands.person('Cem');
    const to = { person: t.slack.slackId(cem), place: { channel: t.team.id } };
    for (let i = 0; i < 2; i++) await t.chat.postPrivately('r:cem', to, card('psst'));
    await t.chat.postPrivately('r:ann', { person: t.ann.id }, card('psst'));
    expect(all().map(({ channel }) => channel)).toEqual([t.slack.hands.directWith(cem), direct()]);
    await expect(t.chat.postPrivately('r:nobody', { person: 'U404' }, card('x'))).rejects.toBeInstanceOf(Gone);
  });

  it('what changes is changed in place once somebody has pressed on it; before that Slack lets nobody, and it is said anew', async () => {
    const buttons = (text: string): Card => ({
      title: '',
      parts: [{ markdown: text }, { buttons: [{ label: 'Facts', action: 'why', value: 'facts' }] }],
    });
    const to = { person: t.ann.id, place: { channel: t.team.id } };
    await t.chat.postPrivately('vote:1', to, buttons('Your vote: A'));
    const [told] = all();
    const [block] = (t.slack.team.extraOf(told.id).blocks ?? []).filter(({ type }) => type === 'actions');
    await t.slack.hands.press(t.ann.room, told.id, { block_id: String(block.block_id), element: elementsOf(block)[0] });
    const { reply } = (await until(() => t.events.find(({ kind }) => kind === 'action'), 'the press')) as { reply: string };
    await t.chat.postPrivately('vote:1', { ...to, reply }, buttons('Your vote: A, facts'));
    const shown = () => all().map(({ id }) => JSON.stringify(t.slack.team.extraOf(id).blocks));
    expect(shown()).toEqual([expect.stringContaining('A, facts')]);
    await t.chat.postPrivately('vote:1', to, buttons('Your vote: B'));
    expect(shown()).toEqual([expect.stringContaining('vote: B')]);
    for (const text of ['Your vote: A', 'Your vote: A', 'Your vote: B']) await t.chat.postPrivately('vote:2', to, buttons(text));
    expect(shown().slice(1)).toEqual([expect.stringContaining('vote: A'), expect.stringContaining('vote: B')]);
  });

  it.each([
    ['chat.postEphemeral', { lose: true }],
    ['chat.postEphemeral', { error: 'internal_error', performed: true }],
    ['response_url', { lose: true }],
  ] as const)('%s, of which it is unclear whether it was shown (%o): once more, directly, and then no more', async (method, fault) => {
    const to =
      method === 'response_url'
        ? { person: t.ann.id, reply: (await command(t.team.room)).reply }
        : { person: t.ann.id, place: { channel: t.team.id } };
    t.slack.faults.onCall(method, fault, { times: 9 });
    t.slack.faults.onCall('chat.postMessage', { lose: true }, { times: 2 });
    t.slack.faults.onCall('chat.update', { status: 503 });
    const told = () => t.chat.postPrivately('r:unclear', to, card('psst'));
    await expect(told()).rejects.toBeInstanceOf(RetryLater);
    await vi.waitFor(told, { timeout: 4_000, interval: 50 });
    await told();
    expect(all().map(({ channel, onlyFor }) => [channel, onlyFor])).toEqual([
      [t.team.room, t.ann.room],
      [direct(), undefined],
    ]);
  });

  it('nor by the next process, when this one ended in doubt', async () => {
    const to = { person: t.ann.id, place: { channel: t.team.id } };
    t.slack.faults.onCall('chat.postEphemeral', { lose: true });
    t.slack.faults.onCall('chat.postMessage', { lose: true });
    await expect(t.chat.postPrivately('r:before', to, card('psst'))).rejects.toBeInstanceOf(RetryLater);
    await t.chat.stop();
    const { bot: botToken, app: appToken } = t.slack.tokens;
    const next = await openSlack({ botToken, appToken, apiUrl: t.slack.apiUrl, lang: 'en', onProblem() {} });
    await next.postPrivately('r:before', to, card('psst'));
    await next.postPrivately('r:other', to, card('another'));
    await next.stop();
    expect(all().map(({ channel, markdown }) => [channel, markdown])).toEqual([
      [t.team.room, expect.stringContaining('psst')],
      [direct(), expect.stringContaining('psst')],
      [t.team.room, expect.stringContaining('another')],
    ]);
  });

  it('whom the bot cannot write directly is told all the same', async () => {
    t.slack.faults.onCall('conversations.open', { error: 'user_not_found' }, { times: 9 });
    await t.chat.postPrivately('r:stranger', { person: t.ann.id, place: { channel: t.team.id } }, card('psst'));
    expect(all()).toMatchObject([{ channel: t.team.room, onlyFor: t.ann.room }]);
  });

  it('what changes after that changes there', async () => {
    const to = { person: t.ann.id, place: { channel: t.team.id } };
    t.slack.faults.onCall('chat.postEphemeral', { status: 503 });
    await t.chat.postPrivately('vote:3', to, card('Your vote: A'));
    await t.chat.postPrivately('vote:3', to, card('Your vote: B'));
    expect(all().map(({ channel }) => channel)).toEqual([direct()]);
    expect(all()[0].markdown).toContain('B');
  });

  it('where two others are alone with each other the bot says nothing', async () => {
    const others = t.slack.slackId(t.slack.hands.directWith(await t.slack.hands.person('Cem')));
    await t.chat.postPrivately('r:two', { person: t.ann.id, reply: replyHandle({ channel: others }) }, card('psst'));
    expect(all().at(-1)).toMatchObject({ channel: direct() });
  });

  it('a file for one person lies in the direct channel', async () => {
    const file: Card = { title: 'Your examples', parts: [{ file: { name: 'rows.jsonl', mime: 'application/json', text: '{}\n' } }] };
    await t.chat.postPrivately('r:file', { person: t.ann.id, place: { channel: t.team.id } }, file);
    expect(all().every(({ channel }) => channel === direct())).toBe(true);
    expect(all().some(({ files }) => files.some(({ name }) => name === 'rows.jsonl'))).toBe(true);
  });

  it('an answer that is too long for one message comes whole, in several', async () => {
    const long = Array.from({ length: 700 }, (_, i) => `Line ${i} of what only Ann sees.`).join('\n\n');
    await t.chat.postPrivately('r:long', { person: t.ann.id, place: { channel: t.team.id } }, card(long));
    const said = all()
      .map(({ id }) => JSON.stringify(t.slack.team.extraOf(id).blocks))
      .join('');
    expect(said).toContain('Line 0 of');
    expect(said).toContain('Line 699 of');
    expect(all().every(({ onlyFor }) => onlyFor === t.ann.room)).toBe(true);
  });

  it('what cannot be kept is said to whoever typed it', async () => {
    t.answer = async () => {
      throw new Error('the database is down');
    };
    await t.slack.hands.command(t.ann.room, { channel: t.team.room }, '/finetune status');
    const [told] = await until(() => all().filter(({ onlyFor }) => onlyFor === t.ann.room), 'a sentence');
    expect(told.markdown).toMatch(/could not note that/);
  });
});
