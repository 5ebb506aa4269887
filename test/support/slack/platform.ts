// Slack as a platform of stories: the fake beside npm start, an owner who lets everybody in, and one channel that is switched on.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Apprentice } from '../npm-start.ts';
import type { FarSide, Platform } from '../platforms.ts';
import { until } from '../room.ts';
import { type FakeSlack, openFakeSlack } from './fake.ts';
import { slackPlace, type Welcome } from './place.ts';

/** Whoever set the bot up; in no story. */
const OWNER = 'Olga';
const PATIENCE_MS = 60_000;
const QUIET_MS = 150;
/** Slack's minutes would be a story's whole life. */
const RETRIES_MS = [100, 2_000, 10_000];

export const slackSocket: Platform = { name: 'Slack', open: () => openFarSide('socket') };
export const slackHttp: Platform = { name: 'Slack over HTTP', open: () => openFarSide('http') };

async function openFarSide(transport: 'socket' | 'http'): Promise<FarSide> {
  const slack = await openFakeSlack({ retriesMs: RETRIES_MS });
  const far: Record<string, string> =
    transport === 'socket' ? { SLACK_APP_TOKEN: slack.tokens.app } : { SLACK_SIGNING_SECRET: slack.pushes.signingSecret };
  const owner = await slack.hands.person(OWNER);
  const [first] = [...slack.team.state.channels.values()].map(({ id }) => id);
  await slack.hands.membership(owner, first, true);
  const setUp = new Set<string>();
  let owned = false;

  return {
    env: { SLACK_BOT_TOKEN: slack.tokens.bot, SLACK_API_URL: slack.apiUrl, TRAINING_ALLOWED: 'yes', LOCAL_CHAT: 'no', ...far },
    async enter(apprentice) {
      if (transport === 'http') await slack.pushTo(new URL('/slack/events', apprentice.address).href);
      const welcome = welcomeOf(slack, owner, first);
      if (!owned) {
        await until(() => slack.delivery.isIdle() && listens(slack, transport), 'the bot to listen', PATIENCE_MS);
        await heard(slack, owner, first, `/finetune claim ${await claimCode(apprentice)}`);
        await welcome.channel(first);
        for (const id of slack.team.state.messages.keys()) setUp.add(id);
        owned = true;
      }
      return slackPlace(slack, welcome, setUp);
    },
    close: () => slack.close(),
  };
}

const listens = (slack: FakeSlack, transport: 'socket' | 'http') => (transport === 'socket' ? slack.socket : slack.pushes).isOpen();

const claimCode = (apprentice: Apprentice) =>
  until(() => /\/finetune claim ([A-Z\d]{5}-[A-Z\d]{5})/.exec(apprentice.output())?.[1], 'the claim code in the start output', PATIENCE_MS);

/** Everybody who comes is made an admin and says yes to being learned from; every channel is switched on. What that made Slack show is loaded away. */
function welcomeOf(slack: FakeSlack, owner: string, first: string): Welcome {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (what: () => Promise<void>) => {
    const mine = turn.then(what);
    turn = mine.catch(() => undefined);
    return mine;
  };
  return {
    person: (id, name) =>
      inTurn(async () => {
        await heard(slack, owner, first, `/finetune admin @${name}`);
        await heard(slack, id, first, '/finetune optin');
        slack.hands.reload(id);
      }),
    channel: id =>
      inTurn(async () => {
        await slack.hands.membership(owner, id, true);
        await heard(slack, owner, id, '/finetune on');
      }),
  };
}

/** Says it when the bot has said all that it had to say, and waits until it has answered. */
async function heard(slack: FakeSlack, user: string, channel: string, text: string): Promise<void> {
  const { state, isIn } = slack.team;
  const seen = ({ author, onlyFor, channel }: { author: string; onlyFor?: string; channel: string }) =>
    author === state.bot && (!onlyFor || onlyFor === user) && isIn(user, channel);
  const fromBot = () => [...state.messages.values()].filter(seen).length;
  await quiet(slack);
  const before = fromBot();
  await slack.hands.say(user, { channel }, text);
  await until(() => fromBot() > before, `an answer to ${text}`, PATIENCE_MS);
  await quiet(slack);
}

/** The bot has called nothing for a while and everything has reached it: who has just come in has been greeted. */
async function quiet({ calls, delivery }: FakeSlack): Promise<void> {
  for (let before = -1; before !== calls.length || !delivery.isIdle(); await sleep(QUIET_MS)) before = calls.length;
}
