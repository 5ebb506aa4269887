// A workspace throws the bot out of Slack and takes it in again: in between nothing is learned, and afterwards only where somebody says so anew.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvedExamples, importExamples } from '../../src/data/examples.ts';
import { startRun } from '../../src/data/runs.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { type Opened, openTestSlack } from '../chat/slack/opened.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { until } from '../support/room.ts';
import { someExamples } from '../support/rows.ts';
import { ACK_MS } from '../support/slack/limits.ts';

describe('uninstalled from Slack', () => {
  let t: Opened;
  let database: TestDatabase;
  let bot: { stop(): Promise<void> };
  let folder: string;
  let code: string;
  let endings = 0;
  const logged: { level: number; msg: string; platform?: string }[] = [];
  beforeAll(async () => {
    [t, database] = [await openTestSlack({ start: false, fake: { ackMs: ACK_MS } }), await testDatabase()];
    await migrateQueue(database.url);
    folder = await mkdtemp(join(tmpdir(), 'apprentice-uninstalled-'));
    bot = await start();
  });
  afterAll(async () => {
    await bot?.stop();
    await t?.close();
    await database?.close();
    await rm(folder, { recursive: true });
  });

  const start = () =>
    startBot(t.chat, {
      databaseUrl: database.url,
      dataDir: folder,
      lang: 'en',
      log: pino({ level: 'warn' }, { write: line => void logged.push(JSON.parse(line)) }),
      trainingAllowed: true,
      onClaimCode: printed => (code = printed),
      onEnded: () => void endings++,
    });
  const one = async (query: string) => (await database.pool.query(query)).rows[0];
  const ended = async () => (await one('select ended_at is not null as ended from workspaces')).ended as boolean;
  const learns = async () => (await one("select learn from channels where kind = 'open'"))?.learn as string | undefined;
  const says = (text: string) => t.slack.hands.say(t.ann.room, { channel: t.team.room }, text);
  const said = () =>
    [...t.slack.team.state.messages.values()].filter(({ author }) => author === t.slack.team.state.bot).map(({ markdown }) => markdown);

  it('stops what is being learned, switches learning off everywhere, and says so once in the log', async () => {
    await says(`/finetune claim ${code}`);
    await says('/finetune on');
    await until(async () => (await learns()) === 'on', 'learning to be on');
    const { id: workspace } = await one('select id::int from workspaces');
    const { id: ann } = await one('select id::int from people');
    await importExamples(database.db, workspace, ann, someExamples(1));
    const members = (await approvedExamples(database.db, workspace)).map(({ revision }) => ({ revision, part: 'train' as const }));
    await startRun(database.db, workspace, { requestedBy: ann, channel: t.team.id, members });

    t.slack.uninstall();
    await until(() => ended(), 'the end to be noted');
    expect(await learns()).toBe('off');
    expect(await one('select state, cancel_by from runs')).toEqual({ state: 'cancelled', cancel_by: null });
    // Slack tells it in two ways.
    await until(
      async () => (await one("select count(*)::int as n from inbox where kind = 'uninstalled' and done_at is not null")).n === 2,
      'both',
    );
    const lines = logged.filter(({ msg }) => msg.startsWith('uninstalled'));
    expect(endings).toBe(1);
    expect(lines).toEqual([expect.objectContaining({ level: 40, platform: 'slack', msg: expect.stringContaining('nothing is learned') })]);
  });

  it('keeps nothing of a ✅ that comes late', async () => {
    const { n: before } = await one('select count(*)::int as n from examples');
    const question = await t.slack.hands.say(t.ann.room, { channel: t.team.room }, 'Where is the key?');
    const ben = await t.slack.hands.person('Ben');
    await t.slack.hands.membership(ben, t.team.room, true);
    const answer = await t.slack.hands.say(ben, { channel: t.team.room, thread: question }, 'On the hook behind the red door.');
    await t.slack.hands.react(t.ann.room, answer, '✅', true);
    t.slack.tokens.revive(t.slack.tokens.bot);
    await until(
      async () => (await one('select count(*)::int as n from inbox where done_at is null')).n === 0,
      'everything to be handled',
      90_000,
    );
    expect(await one('select count(*)::int as n from examples')).toEqual({ n: before });
  });

  it('installed again it answers whoever speaks to it, and learns nowhere until an admin switches it on', async () => {
    await says('/finetune');
    await until(() => said().some(text => /At a glance/.test(text)), 'an answer');
    expect(await ended()).toBe(false);
    expect(await learns()).toBe('off');
    await says('/finetune on');
    await until(async () => (await learns()) === 'on', 'learning to be on');
  });
});
