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

  it('has none where colleagues come in', async () => {
    expect(await hasGuests()).toBe(false);
    const ben = await t.slack.hands.person('Ben');
    await t.slack.hands.membership(ben, t.team.room, true);
    await until(() => t.events.some(({ kind }) => kind === 'joined'), 'Ben to have come');
    expect(await hasGuests()).toBe(false);
    expect(t.problems).toEqual([]);
  });
});
