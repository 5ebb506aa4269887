// Slack takes a command from a channel that the bot is not in: whoever typed it reads so, and whoever waits for something when the bot is
// taken out hears of it directly.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRun } from '../../src/data/runs.ts';
import { openLog } from '../../src/log.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { type Opened, openTestSlack } from '../chat/slack/opened.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { ACK_MS } from '../support/slack/limits.ts';

const PATIENCE = { timeout: 15_000 };

describe('in Slack', () => {
  let t: Opened;
  let database: TestDatabase;
  let bot: { stop(): Promise<void> };
  let folder: string;
  let code: string | undefined;
  let elsewhere: string;
  beforeAll(async () => {
    [t, database] = [await openTestSlack({ start: false, fake: { ackMs: ACK_MS } }), await testDatabase()];
    await migrateQueue(database.url);
    folder = await mkdtemp(join(tmpdir(), 'apprentice-not-here-'));
    bot = await startBot(t.chat, {
      databaseUrl: database.url,
      dataDir: folder,
      lang: 'en',
      log: openLog('test', 'silent'),
      trainingAllowed: true,
      onClaimCode: printed => (code = printed),
    });
    elsewhere = await t.slack.hands.channel(t.ann.room, 'elsewhere', { members: [t.ann.room] });
  });
  afterAll(async () => {
    await bot?.stop();
    await t?.close();
    await database?.close();
    await rm(folder, { recursive: true });
  });

  const types = (text: string, channel: string, person = t.ann.room) => t.slack.hands.say(person, { channel }, text);
  const bots = () =>
    [...t.slack.team.state.messages.values()].filter(({ author, deleted }) => author === t.slack.team.state.bot && !deleted);
  const invited = (on: boolean, by?: string) => t.slack.hands.membership(t.slack.team.state.bot, elsewhere, on, by);
  /** The bot's texts in a channel; `alone`: what only Ann sees. */
  const said = (channel: string, alone: boolean) =>
    bots()
      .filter(({ channel: where, onlyFor }) => where === channel && (onlyFor === t.ann.room) === alone)
      .map(({ markdown }) => markdown);
  const direct = () => said(t.slack.hands.directWith(t.ann.room), false);

  it('whoever invites a bot that belongs to nobody hears directly of the three steps', async () => {
    await invited(true, t.ann.room);
    await expect.poll(() => direct().filter(text => /Three steps/.test(text)).length, PATIENCE).toBe(1);
    await invited(false);
  });

  it('what everybody would read is not said into the void: the sentence says what to do, and once invited it works', async () => {
    await types(`/finetune claim ${code}`, t.team.room);
    await expect.poll(() => said(t.team.room, true).join(), PATIENCE).toMatch(/You are the owner/);
    for (const command of ['status', 'on', 'start', 'list']) {
      const before = said(elsewhere, true).length;
      await types(`/finetune ${command}`, elsewhere);
      await expect.poll(() => said(elsewhere, true).slice(before).join(), PATIENCE).toMatch(/not in this channel.*\/invite/);
    }
    expect((await database.pool.query("select count(*)::int as n from channels where learn = 'on'")).rows).toEqual([{ n: 0 }]);
    // What is for one person alone works everywhere.
    await types('/finetune help', elsewhere);
    await expect.poll(() => said(elsewhere, true).join(), PATIENCE).toMatch(/finetune start/);
    await invited(true);
    await types('/finetune on', elsewhere);
    await expect.poll(() => said(elsewhere, false).join(), PATIENCE).toMatch(/switched on learning/);
  });

  it('the channel is archived before an answer, and the bot taken out of it before a run has said anything: who waits hears so directly, once for each', async () => {
    const { rows } = await database.pool.query('select workspace::int, id::int from people where name = $1', ['Ann']);
    const [{ workspace, id: requestedBy }] = rows;
    const question = await types(`[@apprentice](person:${t.slack.team.state.bot}) Where is the key?`, elsewhere);
    await expect.poll(() => bots().filter(({ thread }) => thread === question).length, PATIENCE).toBe(1);
    t.slack.archive(elsewhere);
    await database.pool.query(
      "update posts set rev = rev + 1, body = jsonb_set(body, '{title}', '\"An answer\"') where key like 'question:%'",
    );
    await database.pool.query('select pg_notify($1, $2)', ['posts_changed', String(workspace)]);
    const told = () => direct().filter(text => /What you asked for in “elsewhere”/.test(text)).length;
    await expect.poll(told, PATIENCE).toBe(1);
    t.slack.archive(elsewhere, false);
    await invited(false);
    const run = await startRun(database.db, workspace, { requestedBy, channel: t.slack.slackId(elsewhere), members: [] });
    await database.pool.query('select pg_notify($1, $2)', ['run_changed', String(run.id)]);
    await expect.poll(told, PATIENCE).toBe(2);
  });
});
