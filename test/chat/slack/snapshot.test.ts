// Messages, people and channels as they are now: who approves, who is a guest, who else can read along.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Opened, openTestSlack } from './opened.ts';

describe('what the bot looks at in Slack', () => {
  let t: Opened;
  beforeEach(async () => {
    t = await openTestSlack({ approve: ['white_check_mark', '+1'] });
  });
  afterEach(() => t.close());

  const say = async (text: string, place = { channel: t.team.room }): Promise<{ room: string; ref: { channel: string; id: string } }> => {
    const room = await t.slack.hands.say(t.ann.room, place, text);
    return { room, ref: { channel: t.slack.slackId(t.slack.team.state.messages.get(room)!.channel), id: t.slack.team.ts(room) } };
  };

  it('every approver once, whatever the colour of their thumb, and not the bot', async () => {
    const { room, ref } = await say('kite ship');
    const ben = await t.slack.hands.person('Ben');
    await t.slack.hands.membership(ben, t.team.room, true);
    await t.slack.hands.react(t.ann.room, room, '✅', true);
    await t.slack.hands.react(ben, room, '+1::skin-tone-4', true);
    await t.slack.hands.react(ben, room, '✅', true);
    await t.slack.hands.react(ben, room, '👀', true);
    const now = await t.chat.fetchMessage(ref);
    expect(now).toMatchObject({ author: t.ann.id, markdown: 'kite ship', fromBot: false, files: 0 });
    expect(typeof now === 'object' && [...now.approvedBy].sort()).toEqual([t.ann.id, t.slack.slackId(ben)].sort());
    expect(typeof now === 'object' && now.permalink).toMatch(new RegExp(`/archives/${ref.channel}/p${ref.id.replace('.', '')}$`));
  });

  it('a reply knows its thread, also in its address', async () => {
    const root = await say('who owns it?');
    const reply = await say('Ann does', { channel: t.team.room, thread: root.room } as never);
    const now = await t.chat.fetchMessage(reply.ref);
    expect(now).toMatchObject({ thread: root.ref.id });
    expect(typeof now === 'object' && now.permalink).toContain(`thread_ts=${root.ref.id}&cid=${root.ref.channel}`);
    expect(await t.chat.fetchMessage(root.ref)).not.toHaveProperty('thread');
  });

  it('deleted, and out of sight', async () => {
    const { room, ref } = await say('soon gone');
    await t.slack.hands.remove(t.ann.room, room);
    expect(await t.chat.fetchMessage(ref)).toBe('deleted');
    const other = await say('still there');
    await t.slack.hands.membership(t.slack.team.state.bot, t.team.room, false);
    expect(await t.chat.fetchMessage(other.ref)).toBe('hidden');
    expect(await t.chat.fetchMessage({ id: other.ref.id })).toBe('hidden');
  });

  it('a look that Slack puts off comes again later, and is not taken for a deletion', async () => {
    const { ref } = await say('there');
    t.slack.faults.onCall('reactions.get', { status: 429, retryAfter: 7 });
    await expect(t.chat.fetchMessage(ref)).rejects.toMatchObject({ name: 'RetryLater', ms: 7_000 });
  });

  it('a right that the app lacks says nothing about a message: it is neither deleted nor hidden', async () => {
    const { ref } = await say('there');
    t.slack.faults.onCall('reactions.get', { error: 'missing_scope' });
    await expect(t.chat.fetchMessage(ref)).rejects.toMatchObject({ name: 'NotAllowed' });
  });

  it('a channel is open, private, shared with others, or read by guests', async () => {
    const kind = async (room: string) => (await t.chat.channel(t.slack.slackId(room))).kind;
    expect(await t.chat.channel(t.team.id)).toMatchObject({ name: 'team', kind: 'open', guests: false });
    const hidden = await t.slack.hands.channel(t.ann.room, 'board', { kind: 'private', members: [t.ann.room, t.slack.team.state.bot] });
    expect(await kind(hidden)).toBe('private');
    expect(await kind(t.slack.hands.directWith(t.ann.room))).toBe('direct');
    const partners = await t.slack.hands.channel(t.ann.room, 'partners', { members: [t.ann.room, t.slack.team.state.bot] });
    t.slack.share(partners);
    expect(await kind(partners)).toBe('external');
  });

  it('a guest who comes into a channel is seen at once', async () => {
    const eve = await t.slack.hands.person('Eve', 'restricted');
    expect(await t.chat.channel(t.team.id)).toMatchObject({ guests: false });
    await t.slack.hands.membership(eve, t.team.room, true);
    await expect.poll(() => t.events.some(event => event.kind === 'joined' && event.person === t.slack.slackId(eve))).toBe(true);
    expect(await t.chat.channel(t.team.id)).toMatchObject({ guests: true });
    expect(await t.chat.person(t.slack.slackId(eve))).toMatchObject({ name: 'Eve', guest: true });
  });

  it('an archived channel can still be read', async () => {
    const { ref } = await say('before the end');
    t.slack.archive(t.team.room);
    expect(await t.chat.fetchMessage(ref)).toMatchObject({ markdown: 'before the end' });
    expect(await t.chat.channel(t.team.id)).toMatchObject({ name: 'team' });
  });
});
