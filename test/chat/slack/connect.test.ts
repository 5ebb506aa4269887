// The tokens are tried before anything else, and what is wrong with them is one sentence.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSlack, type SlackChat, type SlackOptions } from '../../../src/chat/slack/slack.ts';
import { Refusal } from '../../../src/problem.ts';
import { say } from '../../../src/words/words.ts';
import { type FakeSlack, openFakeSlack } from '../../support/slack/fake.ts';

describe('the tokens of Slack', () => {
  let slack: FakeSlack;
  let chat: SlackChat | undefined;
  beforeEach(async () => {
    slack = await openFakeSlack();
  });
  afterEach(async () => {
    await chat?.stop();
    chat = undefined;
    await slack.close();
  });

  const open = async (more: Partial<SlackOptions> = {}) => {
    const { bot, app } = slack.tokens;
    chat = await openSlack({ botToken: bot, appToken: app, apiUrl: slack.apiUrl, lang: 'en', onProblem: () => {}, ...more });
    return chat;
  };
  const refusal = async (more: Partial<SlackOptions> = {}) => {
    const error = await open(more).catch(error => error);
    expect(error).toBeInstanceOf(Refusal);
    const { code, values } = (error as Refusal).problem;
    return say('en', code, values);
  };

  it('are good: the workspace has an id and a name', async () => {
    expect(await open()).toMatchObject({ platform: 'slack', workspace: slack.team.id, transport: 'socket' });
    expect(chat?.receivers).toBeUndefined();
  });

  it('a bot token that Slack does not know', async () => {
    expect(await refusal({ botToken: 'xoxb-nobody' })).toMatch(/refuses SLACK_BOT_TOKEN \(invalid_auth\).*OAuth & Permissions/);
  });

  it('an app that was uninstalled', async () => {
    slack.uninstall();
    expect(await refusal()).toMatch(/refuses SLACK_BOT_TOKEN \(account_inactive\)/);
  });

  it('an app token that Slack does not know', async () => {
    expect(await refusal({ appToken: 'xapp-nobody' })).toMatch(/refuses SLACK_APP_TOKEN \(invalid_auth\).*connections:write/);
  });

  it('scopes that nobody granted are named', async () => {
    await slack.close();
    slack = await openFakeSlack({ scopes: ['chat:write', 'commands', 'users:read', 'channels:history', 'channels:read'] });
    expect(await refusal()).toMatch(/lacks a right: reactions:read/);
  });

  it('an installation for a whole Enterprise Grid is none that we can use; one workspace of a Grid is', async () => {
    await slack.close();
    slack = await openFakeSlack({ enterprise: 'E0OURS', orgWide: true });
    expect(await refusal()).toMatch(/whole organisation.*Install the app into that workspace/);
    await slack.close();
    slack = await openFakeSlack({ enterprise: 'E0OURS' });
    expect(await open()).toMatchObject({ workspace: slack.team.id });
  });

  it('a Slack that cannot be reached is asked again, then named', async () => {
    slack.faults.onCall('auth.test', { status: 503 }, { times: 2 });
    await open();
    await chat?.stop();
    slack.faults.onCall('auth.test', { status: 503 }, { times: 5 });
    expect(await refusal()).toMatch(/cannot be reached/);
  });

  it('over HTTP no app token is asked for', async () => {
    expect(await open({ appToken: undefined, signingSecret: 'shh' })).toMatchObject({ transport: 'http' });
    expect(Object.keys(chat?.receivers ?? {})).toEqual(['/slack/events']);
  });
});
