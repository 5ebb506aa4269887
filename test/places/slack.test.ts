// Slack as the configuration switches it on: what npm start says of it, and what comes of wrong tokens.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { openSlackPlace } from '../../src/places/slack.ts';
import { slackProblems } from '../../src/places/slack-problems.ts';
import { type OpenPlace, openPlaces } from '../../src/places.ts';
import { say } from '../../src/words/words.ts';
import { type FakeSlack, openFakeSlack } from '../support/slack/fake.ts';

describe('the place Slack', () => {
  let slack: FakeSlack;
  let told: string[];
  let place: OpenPlace | undefined;
  beforeEach(async () => {
    slack = await openFakeSlack();
    told = [];
    place = undefined;
  });
  afterEach(async () => {
    await place?.chat.stop();
    await slack.close();
  });

  const tell = (kind: string, code: string, values = {}) => void told.push(`${kind}: ${say('en', code, values)}`);
  const log = openLog('test', 'silent');
  const config = (env: Record<string, string>) => readConfig({ SLACK_API_URL: slack.apiUrl, ...env });

  it('is not spoken of where nothing of it is set', async () => {
    expect(await openSlackPlace(config({}), log, tell)).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('is off where a token is missing, and says which', async () => {
    await openSlackPlace(config({ SLACK_BOT_TOKEN: slack.tokens.bot }), log, tell);
    await openSlackPlace(config({ SLACK_SIGNING_SECRET: 'shh' }), log, tell);
    await openSlackPlace(config({ SLACK_APP_TOKEN: slack.tokens.app }), log, tell);
    expect(told).toEqual([
      expect.stringMatching(/^line: Slack is off: SLACK_APP_TOKEN is missing.*docs\/slack\.md/),
      expect.stringMatching(/^line: Slack is off: SLACK_BOT_TOKEN is missing/),
      expect.stringMatching(/^line: Slack is off: SLACK_BOT_TOKEN is missing/),
    ]);
  });

  it('is on: by Socket Mode, or with a signing secret over HTTP on our own server', async () => {
    const tokens = { SLACK_BOT_TOKEN: slack.tokens.bot, SLACK_APP_TOKEN: slack.tokens.app };
    place = await openSlackPlace(config(tokens), log, tell);
    expect(place?.chat.workspace).toBe(slack.team.id);
    expect(place?.web?.receivers).toBeUndefined();
    const http = await openSlackPlace(config({ ...tokens, SLACK_SIGNING_SECRET: 'shh' }), log, tell);
    expect(Object.keys(http?.web?.receivers ?? {})).toEqual(['/slack/events']);
    expect(told).toEqual([expect.stringMatching(/connected to .+ \(Socket Mode\)\./), expect.stringMatching(/connected to .+ \(HTTP\)\./)]);
  });

  it('a token that Slack takes back while the bot runs is a sentence on the terminal, which names the variable', async () => {
    place = await openSlackPlace(config({ SLACK_BOT_TOKEN: slack.tokens.bot, SLACK_APP_TOKEN: slack.tokens.app }), log, tell);
    await place!.chat.start({ onEvent: async () => ({}), formFor: async () => undefined });
    slack.tokens.kill(slack.tokens.bot, 'token_revoked');
    await expect(place!.chat.person('U1')).rejects.toThrow();
    await expect(place!.chat.person('U2')).rejects.toThrow();
    slack.tokens.kill(slack.tokens.app, 'invalid_auth');
    slack.socket.cut();
    const problems = () => told.filter(line => line.startsWith('problem: '));
    await expect.poll(() => problems().length).toBe(2);
    expect(problems()).toEqual([
      expect.stringMatching(/no longer takes SLACK_BOT_TOKEN \(token_revoked\).*npm run doctor/),
      expect.stringMatching(/no longer takes SLACK_APP_TOKEN \(invalid_auth\)/),
    ]);
  });

  it('over HTTP a wrong signing secret is a sentence, once however often it is pushed', async () => {
    place = await openSlackPlace(config({ SLACK_BOT_TOKEN: slack.tokens.bot, SLACK_SIGNING_SECRET: 'mistyped' }), log, tell);
    const server = createServer((request, response) => place!.web!.receivers!['/slack/events'](request, response));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
    for (let i = 0; i < 2; i++) await expect(slack.pushTo(url)).rejects.toThrow(/url_verification: 401/);
    await expect.poll(() => told.length).toBe(2);
    expect(told[1]).toMatch(/^problem: .*SLACK_SIGNING_SECRET is wrong.*Basic Information/);
    server.close();
  });

  it('that it is behind is a line each time; what anybody on the net can bring about is told once, and the rest is in the log alone', () => {
    const hear = slackProblems(log, tell);
    for (let i = 0; i < 2; i++) hear('behind', { values: { method: 'reactions.get', waiting: 40 + i } });
    for (let i = 0; i < 2; i++) hear('bad_signature', {});
    hear('unreachable', {});
    hear('bug', { error: new Error('x') });
    expect(told).toEqual([
      expect.stringMatching(/^line: .*; 40 wait\. I work off the oldest first/),
      expect.stringMatching(/^line: .*; 41 wait/),
      expect.stringMatching(/^problem: .*wrong signature/),
    ]);
  });

  it('a bad token is one sentence, and does not keep the local chat', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'apprentice-place-'));
    const env = {
      SLACK_BOT_TOKEN: 'xoxb-nobody',
      SLACK_APP_TOKEN: slack.tokens.app,
      LOCAL_CHAT: 'yes',
      DATA_DIR: folder,
    };
    const places = await openPlaces(config(env), log, tell);
    expect(places.map(({ chat }) => chat.platform)).toEqual(['local']);
    expect(told).toEqual([expect.stringMatching(/^problem: Slack refuses SLACK_BOT_TOKEN \(invalid_auth\)/)]);
    for (const each of places) await each.close?.();
    await rm(folder, { recursive: true });
  });
});
