// Feishu as a platform of stories, by each of its two ways of events. Not in the list of platforms.ts yet.
import type { FarSide, Platform } from '../platforms.ts';
import { until } from '../room.ts';
import { type FakeOptions, openFakeFeishu } from './fake.ts';
import { feishuPlace, settlingIn } from './place.ts';
import { type Settling, settleIn } from './settle-in.ts';

const WEBHOOK_PATH = '/feishu/events';
const CONNECTED_WITHIN_MS = 30_000;

export const feishuLongConnection: Platform = { name: 'feishu', open: () => openFarSide('longConnection') };
export const feishuWebhook: Platform = { name: 'feishu by webhook', open: () => openFarSide('webhook') };

/** Its people come with the story. The language is English unless a story says another: it matches English sentences. */
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
      LANGUAGE: 'en',
    },
    async enter({ address, output }) {
      if (events === 'webhook') {
        const url = new URL(WEBHOOK_PATH, address).href;
        await until(() => fake.setWebhook(url), 'the address of events', CONNECTED_WITHIN_MS);
      } else await until(() => fake.connection.connections() > 0, 'the long connection', CONNECTED_WITHIN_MS);
      settling = settlingIn(fake, setUp, output);
      return feishuPlace(fake, settled, setUp);
    },
    close: fake.close,
  };
}
