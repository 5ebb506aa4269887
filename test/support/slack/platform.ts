// Slack as a platform of stories: the fake beside npm start, by each of its two ways of events. Its people come with the story.
import type { FarSide, Platform } from '../platforms.ts';
import { until } from '../room.ts';
import { type Settling, settleIn } from '../settle-in.ts';
import { type FakeSlack, openFakeSlack } from './fake.ts';
import { settlingIn, slackPlace } from './place.ts';

const LISTENS_WITHIN_MS = 60_000;
/** Slack's minutes would be a story's whole life. */
const RETRIES_MS = [100, 2_000, 10_000];

type Transport = 'socket' | 'http';

export const slackSocket: Platform = { name: 'Slack', open: () => openFarSide('socket') };
export const slackHttp: Platform = { name: 'Slack over HTTP', open: () => openFarSide('http') };

async function openFarSide(transport: Transport): Promise<FarSide> {
  return farSideOn(await openFakeSlack({ retriesMs: RETRIES_MS }), transport);
}

/** `close` closes the Slack, too. */
export function farSideOn(slack: FakeSlack, transport: Transport): FarSide {
  const far: Record<string, string> =
    transport === 'socket' ? { SLACK_APP_TOKEN: slack.tokens.app } : { SLACK_SIGNING_SECRET: slack.pushes.signingSecret };
  const setUp = new Set<string>();
  let settling: Settling | undefined;
  const settled = settleIn(() => settling!);

  return {
    env: { SLACK_BOT_TOKEN: slack.tokens.bot, SLACK_API_URL: slack.apiUrl, TRAINING_ALLOWED: 'yes', LOCAL_CHAT: 'no', ...far },
    waits: true,
    async enter({ address, output }) {
      if (transport === 'http') await slack.pushTo(new URL('/slack/events', address).href);
      const { isOpen } = transport === 'http' ? slack.pushes : slack.socket;
      await until(() => isOpen() && slack.delivery.isIdle(), 'the bot to listen', LISTENS_WITHIN_MS);
      settling = settlingIn(slack, setUp, output);
      return slackPlace(slack, settled, setUp);
    },
    close: () => slack.close(),
  };
}
