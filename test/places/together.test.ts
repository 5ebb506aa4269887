// Slack, Feishu and the local chat in one process: each is answered where it asked, and nowhere else.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openLog } from '../../src/log.ts';
import { openPlaces } from '../../src/places.ts';
import { migrateQueue } from '../../src/queue/backend.ts';
import { startBot } from '../../src/wiring.ts';
import { say } from '../../src/words/words.ts';
import { openFakeFeishu } from '../support/feishu/fake.ts';
import { testDatabase } from '../support/postgres.ts';
import { openFakeSlack } from '../support/slack/fake.ts';

const PATIENCE = { timeout: 15_000 };
const log = openLog('test', 'silent');

it('Slack, Feishu and the local chat are connected, told apart, and each is answered in its own place', async () => {
  const [slack, feishu, database] = [await openFakeSlack(), await openFakeFeishu({ people: ['Ann'] }), await testDatabase()];
  await migrateQueue(database.url);
  const dataDir = await mkdtemp(join(tmpdir(), 'apprentice-together-'));
  const config = readConfig({
    DATA_DIR: dataDir,
    LANGUAGE: 'en',
    LOCAL_CHAT: 'yes',
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.tokens.bot,
    SLACK_APP_TOKEN: slack.tokens.app,
    FEISHU_APP_ID: feishu.app.id,
    FEISHU_APP_SECRET: feishu.app.secret,
    FEISHU_DOMAIN: feishu.address,
  });
  const lines: string[] = [];
  const places = await openPlaces(config, log, (_, code, values = {}) => void lines.push(say('en', code, values)));
  const bots = await Promise.all(
    places.map(({ chat }) => startBot(chat, { databaseUrl: database.url, dataDir, lang: 'en', log, trainingAllowed: true })),
  );
  try {
    expect(places.map(({ chat }) => chat.platform)).toEqual(['local', 'slack', 'feishu']);
    expect(lines).toContainEqual(expect.stringMatching(/^Slack: connected/));
    expect(lines).toContainEqual(expect.stringMatching(/^Feishu: connected/));

    const ann = await slack.hands.person('Ann');
    const desk = places[0].web!.desk!;
    const { me, channels } = desk.view('', 0);
    const answers = {
      local: () => desk.view(me, 0).messages.map(message => JSON.stringify(message)),
      slack: () => [...slack.team.state.messages.values()].map(({ markdown }) => markdown),
      feishu: () => [...feishu.cloud.state.messages.values()].map(({ markdown }) => markdown),
    };
    const answered = () => Object.values(answers).map(said => said().filter(text => /No run yet/.test(text)).length);
    await slack.hands.say(ann, { channel: slack.hands.directWith(ann) }, '/finetune list');
    await expect.poll(answered, PATIENCE).toEqual([0, 1, 0]);
    await feishu.hands.say(feishu.person('Ann'), feishu.cloud.direct(feishu.person('Ann'))!.id, '/finetune list');
    await expect.poll(answered, PATIENCE).toEqual([0, 1, 1]);
    await desk.say(me, { channel: channels[0].id }, '/finetune list', []);
    await expect.poll(answered, PATIENCE).toEqual([1, 1, 1]);
    expect((await database.pool.query('select count(*)::int as n from workspaces')).rows).toEqual([{ n: 3 }]);
  } finally {
    await Promise.all(bots.map(bot => bot.stop()));
    for (const place of places) await place.close?.();
    await feishu.close();
    await slack.close();
    await database.close();
    await rm(dataDir, { recursive: true });
  }
}, 60_000);
