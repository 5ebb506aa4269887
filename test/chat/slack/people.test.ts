// Who is a colleague: guests are not, and in a channel that is shared with another company its people are not either.
import { afterEach, expect, it } from 'vitest';
import type { PersonExtra } from '../../support/slack/team.ts';
import { type Opened, openTestSlack } from './opened.ts';

let t: Opened;
afterEach(() => t.close());

/** What the bot makes of somebody who is in a channel with it. */
async function seen(name: string, extra: Partial<PersonExtra>) {
  const room = await t.slack.hands.person(name);
  Object.assign(t.slack.team.personExtra(room), extra);
  await t.slack.hands.membership(room, t.team.room, true);
  return t.chat.person(t.slack.team.userId(room));
}

it('a person of another company in a shared channel is a guest, although Slack calls nobody there a stranger', async () => {
  t = await openTestSlack();
  t.slack.share(t.team.room);
  expect(await seen('Pam', { team: 'T0PARTNER' })).toMatchObject({ name: 'Pam', guest: true });
  expect(await seen('Pol', { team: 'T0PARTNER', enterprise: 'E0PARTNER', grid: true })).toMatchObject({ name: 'Pol', guest: true });
  expect(await seen('Ben', {})).toMatchObject({ name: 'Ben', guest: false });
});

it('in an Enterprise Grid people of our other workspaces are colleagues, called W… or U…', async () => {
  t = await openTestSlack({ fake: { enterprise: 'E0OURS' } });
  expect(await seen('Wes', { grid: true })).toMatchObject({ id: expect.stringMatching(/^W/), guest: false });
  expect(await seen('Uma', { team: 'T0SISTER', enterprise: 'E0OURS' })).toMatchObject({ id: expect.stringMatching(/^U/), guest: false });
  expect(await seen('Pol', { team: 'T0PARTNER', enterprise: 'E0PARTNER', grid: true })).toMatchObject({ guest: true });
});
