// Feishu as a platform of stories, by each of its two ways of events, in its people's own language. Its people come with the story.
import { inChinese } from '../in-chinese.ts';
import type { FarSide, Platform } from '../platforms.ts';
import { until } from '../room.ts';
import { type Settling, settleIn } from '../settle-in.ts';
import { type FakeOptions, openFakeFeishu } from './fake.ts';
import { feishuPlace, settlingIn } from './place.ts';

const WEBHOOK_PATH = '/feishu/events';
const CONNECTED_WITHIN_MS = 30_000;

export const feishuLongConnection: Platform = { name: 'Feishu', open: () => openFarSide('longConnection') };
export const feishuWebhook: Platform = { name: 'Feishu by webhook', open: () => openFarSide('webhook') };

async function openFarSide(events: FakeOptions['events']): Promise<FarSide> {
  const fake = await openFakeFeishu({ people: [], events });
  const setUp = new Set<string>();
  let settling: Settling | undefined;
  const settled = settleIn(() => settling!);
  return {
    env: {
      FEISHU_APP_ID: fake.app.id,
      FEISHU_APP_SECRET: fake.app.secret,
      FEISHU_DOMAIN: fake.address,
      ...(events === 'webhook' && { FEISHU_ENCRYPT_KEY: fake.encryptKey, FEISHU_VERIFICATION_TOKEN: fake.verificationToken }),
      TRAINING_ALLOWED: 'yes',
    },
    waits: true,
    async enter({ address, output }) {
      if (events === 'webhook') {
        const url = new URL(WEBHOOK_PATH, address).href;
        await until(() => fake.setWebhook(url), 'the address of events', CONNECTED_WITHIN_MS);
      } else await until(() => fake.connection.connections() > 0, 'the long connection', CONNECTED_WITHIN_MS);
      settling = settlingIn(fake, setUp, output);
      return inChinese(feishuPlace(fake, settled, setUp));
    },
    close: fake.close,
  };
}
