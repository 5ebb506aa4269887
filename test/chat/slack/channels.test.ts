// What kind a channel is follows whoever comes and goes, at once: what guests can read must not be taken for a place of colleagues.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../support/room.ts';
import { type Opened, openTestSlack } from './opened.ts';

describe('a channel in Slack', () => {
  let t: Opened;
  beforeEach(async () => {
    t = await openTestSlack();
  });
  afterEach(() => t.close());

  const hasGuests = async () => (await t.chat.channel(t.team.id)).guests;

  it('has guests as soon as one has come in who is new to the workspace, and none when they have left', async () => {
    expect(await hasGuests()).toBe(false);
    const gus = await t.slack.hands.person('Gus', 'restricted');
    await t.slack.hands.membership(gus, t.team.room, true);
    await until(hasGuests, 'the guest to be noticed');
    await t.slack.hands.membership(gus, t.team.room, false);
    await until(async () => !(await hasGuests()), 'the guest to be gone');
  });

  it('is external from the moment on in which it is shared with another company, and open again when it is no more', async () => {
    const kind = async () => (await t.chat.channel(t.team.id)).kind;
    expect(await kind()).toBe('open');
    t.slack.share(t.team.room);
    await until(async () => (await kind()) === 'external', 'the sharing to be noticed');
    t.slack.share(t.team.room, false);
    await until(async () => (await kind()) === 'open', 'the end of it to be noticed');
  });

  it('has its new name as soon as it has one', async () => {
    const looks = () => t.slack.calls.filter(({ method }) => method === 'conversations.info').length;
    const isRemembered = async () => {
      const before = looks();
      expect(await t.chat.channel(t.team.id)).toMatchObject({ name: 'team' });
      return looks() === before;
    };
    // That Ann has come in is told, and what was remembered before it forgotten.
    await until(() => t.events.length > 0 && t.slack.delivery.isIdle(), 'Ann to have come');
    await new Promise(resolve => setTimeout(resolve, 300));
    await until(isRemembered, 'the channel to be remembered');
    await t.slack.hands.rename(t.ann.room, t.team.room, 'harbour');
    await until(async () => (await t.chat.channel(t.team.id)).name === 'harbour', 'the new name');
  });

  it('that the bot is not in is told apart, also where Slack shows it; once invited the bot is there at once', async () => {
    expect(await t.chat.channel(t.team.id)).not.toHaveProperty('absent');
    expect(await t.chat.channel(t.slack.slackId(t.slack.hands.directWith(t.ann.room)))).not.toHaveProperty('absent');
    const room = await t.slack.hands.channel(t.ann.room, 'elsewhere', { members: [t.ann.room] });
    expect(await t.chat.channel(t.slack.slackId(room))).toMatchObject({ kind: 'open', absent: true });
    await t.slack.hands.membership(t.slack.team.state.bot, room, true);
    expect(await t.chat.channel(t.slack.slackId(room))).not.toHaveProperty('absent');
  });

  it('has none where colleagues come in', async () => {
    expect(await hasGuests()).toBe(false);
    const ben = await t.slack.hands.person('Ben');
    await t.slack.hands.membership(ben, t.team.room, true);
    await until(() => t.events.some(({ kind }) => kind === 'joined'), 'Ben to have come');
    expect(await hasGuests()).toBe(false);
    expect(t.problems).toEqual([]);
  });
});
