// `npm run doctor` against the fake Feishu: the real SDK over the real wire, a good app and what can be wrong with one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL_SCOPES, type FakeFeishu, openFakeFeishu } from '../support/feishu/fake.ts';
import { CODES } from '../support/feishu/limits.ts';
import { examined, wrong } from './examined.ts';

const APP = /GET .*\/v6\/applications\/cli_\w+$/;

describe('the doctor in Feishu', () => {
  let fake: FakeFeishu;
  beforeEach(() => open());
  afterEach(() => fake.close());

  async function open(options: Parameters<typeof openFakeFeishu>[0] = {}): Promise<void> {
    await fake?.close();
    fake = await openFakeFeishu(options);
  }
  const env = () => ({ FEISHU_DOMAIN: fake.address, FEISHU_APP_ID: fake.app.id, FEISHU_APP_SECRET: fake.app.secret });
  const standing = () => [...fake.cloud.state.messages.values()].filter(({ deleted }) => !deleted);
  const about = (lines: string[]) => lines.filter(line => /^. Feishu/.test(line));
  const refuseOnce = (call: RegExp, name: keyof typeof CODES, times = 1) => fake.faults.answer(call, CODES[name], times);
  const app = (about: object) => () =>
    fake.faults.answer(APP, { code: 0, data: { app: { status: 1, online_version_id: 'oav_1', ...about } } });

  it('finds all well: says so line by line, and leaves nothing behind', async () => {
    const lines = await examined(env(), fake.team);
    expect(wrong(lines)).toEqual([]);
    const begun = about(lines).map(line => line.split(/[.:]/)[0]);
    expect(begun.filter(line => line.startsWith('✓'))).toEqual([
      ...['credentials', 'scopes', 'version', 'long connection'].map(what => `✓ Feishu, ${what}`),
      `✓ Feishu, ${fake.team}`,
      ...['posting', 'editing', 'reacting', 'reading back', 'reading history', 'clean-up', 'uploading'].map(step => `✓ Feishu, ${step}`),
    ]);
    expect([...fake.cloud.state.messages.values()]).toHaveLength(1);
    expect(standing()).toEqual([]);
    expect(fake.cloud.reactions.size).toBe(0);
    // It offers no commands and counts as no listener.
    expect(fake.commands()).toEqual([]);
    expect(fake.connection.connections()).toBe(0);
  });

  it('speaks Chinese where the machine does, and prints no secret', async () => {
    const lines = await examined({ ...env(), LANGUAGE: 'zh' }, fake.team);
    expect(lines).toContain('✓ 飞书，凭证：有效；机器人名为 apprentice。');
    expect(lines.join('\n')).not.toContain(fake.app.secret);
  });

  it('without a group says how to name one; without Feishu how to begin', async () => {
    expect(about(await examined(env())).at(-1)).toMatch(/^· Feishu, in a group: not tried.*npm run doctor -- oc_/);
    expect(about(await examined({}))).toEqual([expect.stringMatching(/^· Feishu: not set up\. docs\/feishu\.md/)]);
    expect(wrong(await examined({}, fake.team))).toEqual([expect.stringMatching(/is a Feishu group, but Feishu is not set up/)]);
  });

  it('by webhook asks for no connection and says what only Feishu can prove', async () => {
    const lines = await examined({ ...env(), FEISHU_ENCRYPT_KEY: fake.encryptKey }, fake.team);
    expect(wrong(lines)).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^· Feishu, webhook: .*\/feishu\/events/));
    expect(fake.ledger.map(({ call }) => call)).not.toContain('POST /callback/ws/endpoint');
  });

  const take =
    (scope: string, more = {}) =>
    () =>
      fake.takeScope(scope, more);
  /** im:message stands for several others. */
  const only = (without: string) => () => open({ scopes: ALL_SCOPES.filter(scope => scope !== without && scope !== 'im:message') });
  const restricted = () => void Object.assign(fake.cloud.state.channels.get(fake.team)!, { kind: 'restricted' });

  it.each<[string, () => unknown, RegExp, (() => Record<string, string>)?]>([
    ['a wrong secret', () => {}, /refuses FEISHU_APP_ID with FEISHU_APP_SECRET\. Copy both/, () => ({ FEISHU_APP_SECRET: 'typo' })],
    ['an app of another cloud', () => {}, /a Lark app needs FEISHU_DOMAIN=lark/, () => ({ FEISHU_APP_ID: 'cli_0000000000000000' })],
    ['a secret that is missing', () => {}, /FEISHU_APP_SECRET is missing\. Copy it/, () => ({ FEISHU_APP_SECRET: '' })],
    ['no bot yet', () => refuseOnce(/bot\/v3\/info/, 'botOff'), /no bot yet\. Add the ability “Bot” in the console, publish/],
    ['Feishu cannot be reached', () => {}, /cannot be reached at .*Check the network/, () => ({ FEISHU_DOMAIN: 'http://127.0.0.1:59997' })],
    ['a scope that is missing', only('im:message.group_msg'), /scopes: im:message\.group_msg is missing.*publish a new version/],
    ['two scopes', only('im:chat:read'), /scopes: im:chat:read is missing/],
    [
      'a scope that was not published',
      take('im:resource', { unpublished: true }),
      /scopes: im:resource is asked for.*Publish a new version/,
    ],
    ['no version', app({ online_version_id: '' }), /version: none is published\. Create one/],
    ['an app that is switched off', app({ status: 0 }), /switched off in this company\. An admin switches it on/],
    [
      'the long connection of another app',
      () => refuseOnce(/ws\/endpoint/, 'endpointAuth'),
      /long connection: refused \(code 514\).*webhook/,
    ],
    ['too many connections', () => refuseOnce(/ws\/endpoint/, 'endpointFull'), /too many connections.*Stop the other programs/],
    ['an endpoint that is down', () => fake.faults.fail(/ws\/endpoint/), /the socket does not open.*webhook/],
    ['not in the group', () => fake.cloud.outside.add(fake.team), /Feishu, oc_\w+: I am not in this group\. Add me in its settings/],
    ['a confidential group', restricted, /is confidential: bots see nothing.*Take another group/],
    ['a group that was dissolved', () => fake.cloud.disbanded.add(fake.team), /Feishu, oc_\w+: nothing is there/],
    ['posting without its scope', only('im:message:send_as_bot'), /posting: The Feishu app lacks a scope.*publish a new version/],
    ['editing without its scope', () => refuseOnce(/PATCH .*messages/, 'lacksPermission', 9), /posting: The Feishu app lacks a scope/],
    ['reacting that a group forbids', () => refuseOnce(/POST .*reactions/, 'mayNotReact'), /reacting: I am not in this group/],
    [
      'reading without its scope',
      () => refuseOnce(/GET .*messages\/om_\w+$/, 'lacksPermission'),
      /reading back: The Feishu app lacks a scope/,
    ],
    ['uploading without its scope', take('im:resource'), /uploading: The Feishu app lacks a scope/],
  ])('names the fix: %s', async (_, spoil, sentence, other = () => ({})) => {
    await spoil();
    const lines = await examined({ ...env(), ...other() }, fake.team);
    expect(wrong(lines)).toContainEqual(expect.stringMatching(sentence));
    expect(standing()).toEqual([]);
  });

  it('scopes that the bot does without are a note', async () => {
    fake.takeScope('contact:user.base:readonly');
    const lines = await examined(env());
    expect(wrong(lines)).toEqual([]);
    expect(lines).toContainEqual(
      expect.stringMatching(/^· Feishu, scopes: .*contact:user\.base:readonly.* not granted; the bot does without/),
    );
  });

  it('a version that waits, and a Feishu that does not tell, are notes', async () => {
    app({ unaudit_version_id: 'oav_2' })();
    expect(about(await examined(env()))).toContainEqual(expect.stringMatching(/^· Feishu, version: a newer one waits for approval/));
    fake.takeScope('application:application:self_manage');
    expect(about(await examined(env()))).toContainEqual(
      expect.stringMatching(/^· Feishu, version: Feishu does not tell \(code 99991672\)/),
    );
  });

  it('events that nobody subscribed to', async () => {
    const event_infos = [{ event_type: 'im.message.receive_v1' }, { event_type: 'im.message.recalled_v1' }];
    fake.faults.answer(/app_versions\/oav_1$/, { code: 0, data: { app_version: { event_infos } } });
    expect(wrong(await examined(env()))).toEqual([
      expect.stringMatching(/events: im\.message\.reaction\.created_v1, .* are not subscribed to\. Add them under “Events & Callbacks”/),
    ]);
  });

  it('a message whose answer was lost is the same message, and is taken away', async () => {
    fake.faults.loseReplies(/POST .*im\/v1\/messages$/);
    expect(wrong(await examined(env(), fake.team))).toEqual([]);
    expect([...fake.cloud.state.messages.values()]).toHaveLength(1);
    expect(standing()).toEqual([]);
  });

  it('a message that may not be taken away is named', async () => {
    refuseOnce(/DELETE .*messages\/\w+$/, 'notYoursToRecall');
    expect(wrong(await examined(env(), fake.team))).toEqual([expect.stringMatching(/clean-up: .* \(230026\)\. Delete it by hand/)]);
  });
});
