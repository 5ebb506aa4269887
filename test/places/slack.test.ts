// Slack as the configuration switches it on: what npm start says of it, and what comes of wrong tokens.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { openSlackPlace } from '../../src/places/slack.ts';
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
