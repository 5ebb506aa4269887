// `npm run doctor` against the fake Slack: the real client over the real wire, a good workspace and what can be wrong with one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVENTS, type FakeSlack, openFakeSlack, SCOPES } from '../support/slack/fake.ts';
import { SOCKETS } from '../support/slack/limits.ts';
import { examined, wrong } from './examined.ts';

describe('the doctor in Slack', () => {
  let slack: FakeSlack;
  let channel: string;
  beforeEach(() => open());
  afterEach(() => slack.close());

  async function open(options: Parameters<typeof openFakeSlack>[0] = {}): Promise<void> {
    await slack?.close();
    slack = await openFakeSlack({ events: EVENTS, ...options });
    channel = slack.slackId(first());
  }
  const first = () => [...slack.team.state.channels.values()].find(({ kind }) => kind === 'open')!.id;
  const env = () => ({ SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.tokens.bot, SLACK_APP_TOKEN: slack.tokens.app });
  const standing = () => [...slack.team.state.messages.values()].filter(({ deleted }) => !deleted);
  const about = (lines: string[]) => lines.filter(line => /^. Slack/.test(line));

  it('finds all well: says so line by line, and leaves nothing behind', async () => {
    const lines = await examined(env(), channel);
    expect(wrong(lines)).toEqual([]);
    expect(about(lines).map(line => line.split(/[.:]/)[0])).toEqual([
      '✓ Slack, bot token',
      '✓ Slack, scopes',
      '✓ Slack, app token',
      '✓ Slack, Socket Mode',
      `✓ Slack, ${channel}`,
      ...['posting', 'editing', 'reacting', 'reading back', 'reading history', 'clean-up', 'uploading'].map(step => `✓ Slack, ${step}`),
    ]);
    const said = [...slack.team.state.messages.values()];
    expect(said).toHaveLength(1);
    expect(standing()).toEqual([]);
    expect([...slack.team.files.values()].every(({ deleted }) => deleted)).toBe(true);
    expect(slack.calls.filter(({ method }) => method === 'apps.connections.open')).toHaveLength(1);
    await expect.poll(() => slack.socket.sockets.size).toBe(0);
  });

  it('prints no token, whatever is wrong', async () => {
    slack.tokens.kill(slack.tokens.bot, 'token_revoked');
    const told = (await examined(env(), channel)).join('\n');
    for (const token of [slack.tokens.bot, slack.tokens.app]) expect(told).not.toContain(token.slice(5));
  });

  it('works while the bot runs, and takes none of its events', async () => {
    const { openTestSlack } = await import('../chat/slack/opened.ts');
    const opened = await openTestSlack();
    try {
      const lines = await examined(
        { SLACK_API_URL: opened.slack.apiUrl, SLACK_BOT_TOKEN: opened.slack.tokens.bot, SLACK_APP_TOKEN: opened.slack.tokens.app },
        opened.team.id,
      );
      expect(wrong(lines)).toEqual([]);
      await expect.poll(() => opened.slack.socket.sockets.size).toBe(1);
      await opened.slack.hands.say(
        opened.ann.room,
        { channel: opened.team.room },
        `[@apprentice](person:${opened.slack.team.state.bot}) hi`,
      );
      await expect.poll(() => opened.events.some(event => event.kind === 'message')).toBe(true);
    } finally {
      await opened.close();
    }
  });

  it('without a channel says how to name one; without Slack how to begin; and asks back what it cannot place', async () => {
    expect(about(await examined(env())).at(-1)).toMatch(/^· Slack, in a channel: not tried.*npm run doctor -- C0123ABCD/);
    expect(about(await examined({}))).toEqual([expect.stringMatching(/^· Slack: not set up\. docs\/slack\.md/)]);
    expect(wrong(await examined({}, channel))).toEqual([expect.stringMatching(/is a Slack channel, but Slack is not set up/)]);
    expect(wrong(await examined(env(), 'general'))).toEqual([expect.stringMatching(/What shall I try in “general”\?.*C0123ABCD/)]);
  });

  it('over HTTP asks for no connection and says what only Slack can prove', async () => {
    const { SLACK_APP_TOKEN: _, ...rest } = env();
    const lines = await examined({ ...rest, SLACK_SIGNING_SECRET: 'shh' }, channel);
    expect(wrong(lines)).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^· Slack, events over HTTP: .*\/slack\/events/));
    expect(slack.calls.map(({ method }) => method)).not.toContain('apps.connections.open');
  });

  const withoutScope = (scope: string) => () => open({ scopes: SCOPES.filter(one => one !== scope) });
  const kill = (token: 'bot' | 'app', code: string) => () => slack.tokens.kill(slack.tokens[token], code);
  const archived = async () => slack.archive(first());
  const left = () => slack.hands.membership(slack.team.state.bot, first(), false);

  it.each<[string, () => unknown, RegExp, (() => Record<string, string>)?]>([
    [
      'a mistyped bot token',
      () => {},
      /bot token: Slack does not know it \(invalid_auth\)\. Copy/,
      () => ({ SLACK_BOT_TOKEN: 'xoxb-typo' }),
    ],
    ['a revoked bot token', kill('bot', 'token_revoked'), /taken back.*Press Reinstall to Workspace/],
    ['an uninstalled app', kill('bot', 'account_inactive'), /uninstalled \(account_inactive\)\. Press Reinstall/],
    ['token rotation', kill('bot', 'token_expired'), /expired.*rotation is on.*docs\/slack-manifest\.json/],
    ['a bot token of another kind', kill('bot', 'not_allowed_token_type'), /SLACK_BOT_TOKEN wants the Bot User OAuth Token/],
    [
      'an installation for the whole organisation',
      () => open({ enterprise: 'E0OURS', orgWide: true }),
      /whole organisation.*Install the app into the one workspace/,
    ],
    ['an app that waits for approval', kill('bot', 'org_login_required'), /Ask an admin of the workspace to approve it/],
    ['a bot token that is missing', () => {}, /SLACK_BOT_TOKEN is missing\. Copy/, () => ({ SLACK_BOT_TOKEN: '' })],
    ['an app token that is missing', () => {}, /SLACK_APP_TOKEN is missing\. Make/, () => ({ SLACK_APP_TOKEN: '' })],
    ['a mistyped app token', () => {}, /app token: Slack does not know it.*Basic Information/, () => ({ SLACK_APP_TOKEN: 'xapp-typo' })],
    ['an app token that was taken back', kill('app', 'token_revoked'), /app token: taken back.*Make a new one/],
    ['connections:write', () => void (slack.tokens.granted.app = []), /without the scope connections:write\. Make a new one/],
    [
      'Socket Mode switched off',
      () => slack.faults.onCall('apps.connections.open', { error: 'socket_mode_disabled' }),
      /Switch Socket Mode on/,
    ],
    ['a scope for reacting', withoutScope('reactions:write'), /scopes: reactions:write is missing.*Reinstall to Workspace/],
    ['a scope for reading', withoutScope('channels:history'), /scopes: channels:history is missing.*Reinstall/],
    ['a scope for files', withoutScope('files:write'), /uploading: The Slack app lacks a right: files:write/],
    [
      'Slack cannot be reached',
      () => {},
      /cannot be reached \(ECONNREFUSED\)\. Check the network/,
      () => ({ SLACK_API_URL: 'http://127.0.0.1:59997/api/' }),
    ],
    ['Slack is in trouble', () => slack.faults.onCall('auth.test', { error: 'fatal_error' }), /in trouble itself \(fatal_error\)/],
    ['too many calls', () => slack.faults.onCall('auth.test', { status: 429, retryAfter: 30 }), /asks to wait 30 s/],
    ['not in the channel', left, /the bot is not in “team”\. Type `\/invite` with its name/],
    ['an archived channel', archived, /posting: This channel is archived\. Unarchive it/],
    [
      'a rule of the workspace',
      () => slack.faults.onCall('chat.postMessage', { error: 'restricted_action' }),
      /posting: A rule of this workspace/,
    ],
    [
      'uploads that are forbidden',
      () => slack.faults.onCall('files.getUploadURLExternal', { error: 'file_uploads_disabled' }),
      /uploading: A rule/,
    ],
  ])('names the fix: %s', async (_, spoil, sentence, other = () => ({})) => {
    await spoil();
    const lines = await examined({ ...env(), ...other() }, channel);
    expect(wrong(lines)).toContainEqual(expect.stringMatching(sentence));
    expect(standing()).toEqual([]);
  });

  it('a token that was put in the other’s place is said before anything is called', () =>
    expect(examined({ ...env(), SLACK_BOT_TOKEN: slack.tokens.app })).rejects.toThrow(/SLACK_BOT_TOKEN.*xoxb-/s));

  it('no channel of that id', async () => {
    expect(wrong(await examined(env(), 'C0NOSUCH1'))).toEqual([
      expect.stringMatching(/Slack, C0NOSUCH1: nothing is there.*invite the bot/),
    ]);
  });

  it('a channel that is never learned from is a note, not a fault', async () => {
    slack.share(first());
    const lines = await examined(env(), channel);
    expect(wrong(lines)).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^· Slack, .* is shared with another company; .*never learns/));
  });

  it('a clock that is wrong', async () => {
    await open({ now: () => Date.now() - 400_000 });
    expect(wrong(await examined(env(), channel))).toEqual([
      expect.stringMatching(/Clock: this machine is 4\d\d s from what Slack says\. Set it right/),
    ]);
  });

  it('all sockets taken', async () => {
    const ticket = async () => {
      const answer = await fetch(`${slack.apiUrl}apps.connections.open`, {
        method: 'POST',
        headers: { authorization: `Bearer ${slack.tokens.app}` },
      });
      return ((await answer.json()) as { url: string }).url;
    };
    const { WebSocket } = await import('ws');
    for (let n = 0; n < SOCKETS; n++) new WebSocket(await ticket()).on('error', () => {});
    await expect.poll(() => slack.socket.sockets.size).toBe(SOCKETS);
    expect(wrong(await examined(env()))).toEqual([
      expect.stringMatching(/ten connections.*\(too_many_websockets\)\. Stop the other programs/),
    ]);
  });

  it('two tokens of two apps', async () => {
    const ids = ['A0OTHER'];
    // What the bot's token is asked for comes first, what the connection says after it.
    Object.defineProperty(slack.team, 'appId', { get: () => ids.pop() ?? 'A0THIS' });
    expect(wrong(await examined(env()))).toEqual([
      expect.stringMatching(/two different apps \(A0OTHER and A0THIS\).*Take both from the settings of one app/),
    ]);
  });

  it('a message whose answer was lost is found and taken away', async () => {
    slack.faults.onCall('chat.postMessage', { lose: true });
    expect(wrong(await examined(env(), channel))).toEqual([]);
    expect([...slack.team.state.messages.values()]).toHaveLength(1);
    expect(standing()).toEqual([]);
  });

  it('also where no answer ever came', async () => {
    slack.faults.onCall('chat.postMessage', { lose: true });
    slack.faults.onCall('conversations.history', { status: 503 }, { times: 12 });
    const lines = await examined(env(), channel);
    expect(lines).toContainEqual(expect.stringMatching(/^✗ Slack, posting: no answer/));
    expect(standing()).toEqual([]);
  });

  it('a message that may not be taken away is named', async () => {
    slack.faults.onCall('chat.delete', { error: 'restricted_action' });
    expect(wrong(await examined(env(), channel))).toEqual([
      expect.stringMatching(/clean-up: a message with the title “A check by npm run doctor” may still stand there.*Delete it by hand/),
    ]);
  });

  it('a socket that is refused', async () => {
    slack.socket.close();
    expect(wrong(await examined(env()))).toEqual([expect.stringMatching(/no connection stands \(.+\).*wss-primary\.slack\.com/)]);
  });
});
