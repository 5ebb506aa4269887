// The fake Slack refuses what Slack refuses, with Slack's own code, and takes the good twin of each: called by the real WebClient.
import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeSlack, openFakeSlack } from '../support/slack/fake.ts';
import { METHODS } from '../support/slack/web-api.ts';
import { ROWS, type There } from './bad-calls.ts';
import { clientOf, codeOf } from './client.ts';

describe('the fake Slack refuses, with Slack’s own codes', () => {
  let slack: FakeSlack;
  let client: WebClient;
  let fixed: Omit<There, 'own' | 'anns' | 'reply' | 'trigger'>;
  let room: { ann: string; channel: string };

  beforeAll(async () => {
    slack = await openFakeSlack();
    client = clientOf(slack);
    const { hands, team } = slack;
    const ann = await hands.person('Ann');
    const cem = await hands.person('Cem');
    const channel = [...team.state.channels.values()][0].id;
    await hands.membership(ann, channel, true);
    const old = await hands.channel(ann, 'old', { members: [ann, team.state.bot] });
    await slack.archive(old);
    const id = slack.slackId;
    const file = async (filename: string) =>
      (await client.filesUploadV2({ file: Buffer.from('bytes'), filename })) as unknown as { files: { files: { id: string }[] }[] };
    fixed = {
      channel: id(channel),
      foreign: id(await hands.channel(cem, 'elsewhere', { members: [cem] })),
      secret: id(await hands.channel(cem, 'secret', { kind: 'private', members: [cem] })),
      archived: id(old),
      ann: id(ann),
      outsider: id(cem),
      picture: (await file('curve.png')).files[0].files[0].id,
      raw: (await file('rows.json')).files[0].files[0].id,
    };
    room = { ann, channel };
  });
  afterAll(() => slack.close());

  async function prepare(): Promise<There> {
    const { channel } = fixed;
    const own = (await client.chat.postMessage({ channel, text: 'own' })).ts!;
    const reply = (await client.chat.postMessage({ channel, text: 'reply', thread_ts: own })).ts!;
    await client.reactions.add({ channel, timestamp: reply, name: 'seedling' });
    const anns = slack.team.ts(await slack.hands.say(room.ann, { channel: room.channel }, 'mine'));
    return { ...fixed, own, reply, anns, trigger: slack.triggers.lend(room.ann) };
  }

  it.each(ROWS.map((row, i) => [i, ...row] as const))('%i: %s from %s', async (_, code, method, bad, good, says) => {
    const there = await prepare();
    const refused = await client.apiCall(method, bad(there)).then(
      () => undefined,
      error => error,
    );
    expect(refused?.data?.error).toBe(code);
    if (says) expect(JSON.stringify(refused.data.response_metadata.messages)).toMatch(says);
    if (good) expect(await client.apiCall(method, good(await prepare()))).toMatchObject({ ok: true });
  });

  it('there are enough rows to mean something', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(ROWS.map(([code]) => code)).size).toBeGreaterThanOrEqual(25);
  });

  it('tokens: none, wrong, of the other kind, revoked, rotated, of a team that has removed the app', async () => {
    const other = await openFakeSlack();
    const { bot, app } = other.tokens;
    const test = (token: string) => codeOf(clientOf(other, token).auth.test());
    expect(await test('')).toBe('not_authed');
    expect(await test('xoxb-nonsense')).toBe('invalid_auth');
    expect(await codeOf(clientOf(other, bot).apps.connections.open({}))).toBe('not_allowed_token_type');
    expect(await codeOf(clientOf(other, app).apps.connections.open({}))).toBe('ok');
    expect(await test(bot)).toBe('ok');
    other.tokens.kill(bot, 'token_revoked');
    expect(await test(bot)).toBe('token_revoked');
    other.tokens.revive(bot);
    const next = other.tokens.rotate();
    expect(await test(bot)).toBe('token_expired');
    expect(await test(next)).toBe('ok');
    other.uninstall();
    expect(await test(next)).toBe('account_inactive');
    await other.close();
  });

  it('a scope that is missing is named, with those that are there', async () => {
    for (const [name, { scopes, token, needs = [] }] of Object.entries(METHODS)) {
      if (scopes.length === 0 || token) continue;
      const poor = await openFakeSlack({ scopes: ['commands'] });
      const call = clientOf(poor).apiCall(name, Object.fromEntries(needs.map(need => [need, 'x'])));
      const { data } = await call.then(
        () => ({ data: {} }),
        error => error,
      );
      expect({ name, ...data }).toMatchObject({ name, error: 'missing_scope', needed: scopes.join(','), provided: 'commands' });
      await poor.close();
    }
  });
});
