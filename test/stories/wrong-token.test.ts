// A token of Slack was copied wrongly: one sentence says which and what to do, and whatever needs no Slack goes on.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Apprentice, forgetDataDir, newDataDir, npmStart } from '../support/npm-start.ts';
import { personIn } from '../support/person.ts';
import { type FakeSlack, openFakeSlack } from '../support/slack/fake.ts';
import { visit } from '../support/visitor.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe('a wrong token of Slack', () => {
  let slack: FakeSlack;
  let apprentice: Apprentice;
  const dataDir = newDataDir();
  beforeAll(async () => {
    slack = await openFakeSlack();
    const env = { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: 'xoxb-1-wrong', SLACK_APP_TOKEN: slack.tokens.app, LOCAL_CHAT: 'yes' };
    apprentice = await npmStart(dataDir, env);
  });
  afterAll(async () => {
    await apprentice?.stop();
    await slack?.close();
    forgetDataDir(dataDir);
  });

  it('is named in the terminal, once, with what to do about it, and never printed', () => {
    const said = apprentice.output();
    expect(said.match(/Slack refuses SLACK_BOT_TOKEN \(invalid_auth\)\. .*xoxb-….*OAuth & Permissions/g)).toHaveLength(1);
    expect(said + apprentice.log('bot')).not.toContain('xoxb-1-wrong');
  });

  it('does not keep the local chat from answering', async () => {
    const ada = await personIn(await visit(apprentice.address), 'Ada', apprentice.output);
    const question = await ada.say('@apprentice How do I moor my boat?');
    await ada.sees(/How do I moor my boat\?.*Only the base answers so far/s, { thread: question });
    expect(slack.socket.isOpen()).toBe(false);
  });
});
