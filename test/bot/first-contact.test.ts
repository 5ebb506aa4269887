// First contact: whoever meets a bot that belongs to nobody is told the next three steps once, in their language; the new owner the other two.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Chat } from '../../src/chat/chat.ts';
import { openFeishu } from '../../src/chat/feishu/feishu.ts';
import { openSlack } from '../../src/chat/slack/slack.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { type FakeFeishu, openFakeFeishu } from '../support/feishu/fake.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { type FakeSlack, openFakeSlack } from '../support/slack/fake.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';

const STEPS = /1\. .*\/finetune claim.*2\. .*\/finetune on.*3\. .*✅/s;
const PATIENCE = { timeout: 15_000 };

describe('in a room', () => {
  let t: Teaching;
  beforeAll(async () => {
    t = await openTeaching({ platform: 'slack', trainingAllowed: true });
    await t.room.addPerson('Gus', { guest: true });
  });
  afterAll(() => t?.close());

  const directly = (name: string, text: string) => t.room.say(t.person(name), { channel: t.direct(name) }, text);
  const steps = (name: string) => t.told(name).filter(told => STEPS.test(JSON.parse(told).parts[0].markdown ?? ''));
  const met = async (name: string) => {
    await t.met(name);
    await t.settled();
  };

  it('whoever opens the bot hears of the three steps, once, however often', async () => {
    await met('Ann');
    await met('Ann');
    expect(steps('Ann')).toHaveLength(1);
    await directly('Ann', 'hello');
    await t.settled();
    expect(steps('Ann')).toHaveLength(1);
  });

  it('so does whoever writes directly; in a channel nobody is told', async () => {
    await t.hears('Cy', '/finetune', /no owner yet/);
    expect(steps('Cy')).toEqual([]);
    await directly('Ben', '/finetune');
    await expect.poll(() => steps('Ben').length, PATIENCE).toBe(1);
  });

  it('a guest, who cannot own it, is not', async () => {
    await met('Gus');
    expect(steps('Gus')).toEqual([]);
  });

  it('who claims it is told what is left; then nobody is welcomed any more', async () => {
    await directly('Cy', `/finetune claim ${t.codes[0]}`);
    const owner = () => t.told('Cy').find(told => /You are the owner now/.test(told));
    await expect.poll(owner, PATIENCE).toMatch(/1\. .*\/finetune on.*2\. .*✅.*\/finetune admin/s);
    expect(owner()).not.toContain('TRAINING_ALLOWED');
    await met('Cy');
    await directly('Cy', '/finetune');
    await t.settled();
    expect(steps('Cy')).toEqual([]);
  });
});

describe('on a platform', () => {
  let database: TestDatabase;
  let bot: { stop(): Promise<void> } | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-first-'));
  beforeAll(async () => {
    database = await testDatabase();
    await migrateQueue(database.url);
  });
  afterEach(async () => {
    await bot?.stop();
    bot = undefined;
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const start = async (chat: Chat, lang: 'en' | 'zh') => {
    bot = await startBot(chat, { databaseUrl: database.url, dataDir: folder, lang, log: openLog('test', 'silent') });
  };

  it('Slack: who opens its Messages tab has the steps there, in their language; training is not allowed, which is said', async () => {
    const slack: FakeSlack = await openFakeSlack();
    try {
      await start(
        await openSlack({ botToken: slack.tokens.bot, appToken: slack.tokens.app, apiUrl: slack.apiUrl, lang: 'zh', onProblem() {} }),
        // Ann reads English, whatever the installation does.
        'zh',
      );
      const ann = await slack.hands.person('Ann');
      slack.openMessages(ann);
      slack.openMessages(ann);
      const told = () => [...slack.team.state.messages.values()].filter(({ channel }) => channel === slack.hands.directWith(ann));
      await expect.poll(() => told().length, PATIENCE).toBe(1);
      await expect.poll(() => slack.delivery.isIdle(), PATIENCE).toBe(true);
      expect(JSON.stringify(slack.team.extraOf(told()[0].id).blocks)).toMatch(
        /Make me yours.*finetune claim.*finetune on.*TRAINING_ALLOWED/s,
      );
      expect(told()).toHaveLength(1);
      expect(told()[0].onlyFor).toBeUndefined();
    } finally {
      await bot?.stop();
      bot = undefined;
      await slack.close();
    }
  });

  it('Feishu: the owner of the app is told at the start, and whoever opens the direct chat', async () => {
    const fake: FakeFeishu = await openFakeFeishu({ people: ['Ann', 'Ben', 'Cy'] });
    const open = () =>
      openFeishu({ appId: fake.app.id, appSecret: fake.app.secret, domain: fake.address, lang: 'zh', commands: [], note() {} });
    const told = (name: string) =>
      [...fake.cloud.state.messages.values()].filter(({ channel }) => channel === fake.cloud.direct(fake.person(name))!.id);
    try {
      fake.ownedBy(fake.person('Ann'));
      await start(await open(), 'zh');
      await expect.poll(() => told('Ann').length, PATIENCE).toBe(1);
      expect(told('Ann')[0].markdown).toMatch(/认领我.*finetune on.*✅/s);
      await expect.poll(() => fake.connection.connections(), PATIENCE).toBe(1);
      fake.enterDirect(fake.person('Ben'));
      await expect.poll(() => told('Ben').length, PATIENCE).toBe(1);
      await bot?.stop();
      await start(await open(), 'zh');
      fake.enterDirect(fake.person('Cy'));
      await expect.poll(() => told('Cy').length, PATIENCE).toBe(1);
      expect([told('Ann'), told('Ben')].map(({ length }) => length)).toEqual([1, 1]);
    } finally {
      await bot?.stop();
      bot = undefined;
      await fake.close();
    }
  });
});
