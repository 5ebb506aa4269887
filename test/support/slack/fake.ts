// A Slack of one workspace, on this machine: a room behind Slack's own wire. The real Bolt and WebClient run against it unpatched.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { World } from './call.ts';
import { openDelivery } from './delivery.ts';
import { tellEvents } from './events.ts';
import { openFaults } from './faults.ts';
import { openHands } from './hands.ts';
import { answering, type Call } from './http.ts';
import { slackId } from './ids.ts';
import { ACK_MS, RETRIES_MS } from './limits.ts';
import { openPushes } from './pushes.ts';
import { openRates } from './rates.ts';
import { fileFits } from './shown-file.ts';
import { openSocketMode } from './socket-mode.ts';
import { openTeam } from './team.ts';
import { openTokens } from './tokens.ts';
import { openTriggers } from './triggers.ts';
import { openViews } from './views.ts';

/** docs.slack.dev/reference/scopes: what the app's manifest asks for. */
export const SCOPES =
  'app_mentions:read channels:history channels:read chat:write commands files:read files:write groups:history groups:read im:history im:read im:write reactions:read reactions:write users:read team:read'.split(
    ' ',
  );
/** docs.slack.dev/reference/events: what its manifest subscribes to. */
export const EVENTS =
  'app_home_opened app_mention message.channels message.groups message.im reaction_added reaction_removed member_joined_channel member_left_channel channel_archive channel_left channel_shared channel_unshared group_archive group_left app_uninstalled tokens_revoked'.split(
    ' ',
  );

export type FakeSlack = Awaited<ReturnType<typeof openFakeSlack>>;
export type SlackOptions = {
  channel?: string;
  scopes?: string[];
  events?: string[];
  commands?: string[];
  /** whether calls are counted against Slack's rates; off by default, for tests call more than a team does */
  rates?: boolean;
  /** how long an app has for an acknowledgement, and the pauses before Slack sends an event again */
  ackMs?: number;
  retriesMs?: number[];
  /** how long Slack takes for an uploaded file */
  processingMs?: number;
  seed?: number;
  /** the Enterprise Grid that the workspace belongs to; `orgWide`: the app is installed for all of it at once */
  enterprise?: string;
  orgWide?: boolean;
  now?(): number;
};

export async function openFakeSlack({
  channel = 'team',
  scopes = SCOPES,
  events = EVENTS,
  commands = ['finetune'],
  rates: counted = false,
  ackMs = ACK_MS,
  retriesMs = RETRIES_MS,
  processingMs = 0,
  seed,
  enterprise,
  orgWide = false,
  now = Date.now,
}: SlackOptions = {}) {
  const calls: Call[] = [];
  const faults = openFaults(seed);
  const tokens = openTokens(scopes);
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const team = await openTeam({ bot: 'apprentice', channel, commands, base, now, enterprise, orgWide });
  const socket = openSocketMode(server, { appId: () => team.appId, ackMs, opened: () => delivery.opened() });
  const pushes = openPushes({ ackMs });
  const outlet = () => (pushes.isOpen() ? pushes : socket);
  const delivery = openDelivery(team, { outlet, events, faults, retriesMs });
  const { changed, channel: tellChannel } = tellEvents(team, delivery.tell);
  const triggers = openTriggers({ base, teamId: team.id, now });
  const views = openViews(team, id => fileFits(team, id));
  const world: World = {
    team,
    rates: openRates(now, counted),
    triggers,
    views,
    delivery,
    base,
    changed,
    processingMs,
    scopes: () => tokens.granted.bot,
    ticket: () => socket.ticket(base),
  };
  const answer = answering(() => world, tokens, faults, calls);

  return {
    apiUrl: `${base}/api/`,
    base,
    /** Every call, in order, refused ones too. */
    calls,
    faults,
    tokens,
    team,
    socket,
    pushes,
    delivery,
    views,
    triggers,
    hands: openHands(world, outlet),
    /** Events come by HTTP from now on; rejects where the challenge is not answered. */
    async pushTo(url: string) {
      await pushes.to(url);
      delivery.opened();
    },
    /** All of the app's tokens are void, and it is told so. docs.slack.dev/reference/events/app_uninstalled */
    uninstall() {
      delivery.tell({ type: 'tokens_revoked', tokens: { oauth: [], bot: [team.botUser] }, event_ts: team.moment() });
      delivery.tell({ type: 'app_uninstalled', event_ts: team.moment() });
      tokens.kill(tokens.bot, 'account_inactive');
    },
    /** What Slack sends instead of events that are too many. docs.slack.dev/reference/events/app_rate_limited */
    rateLimitEvents() {
      const payload = {
        token: 'x',
        type: 'app_rate_limited',
        team_id: team.id,
        minute_rate_limited: Math.floor(now() / 60_000) * 60,
        api_app_id: team.appId,
      };
      return outlet().send('events_api', payload);
    },
    /** Somebody looks at the app's Messages tab. docs.slack.dev/reference/events/app_home_opened */
    openMessages(user: string) {
      const direct = [...team.state.channels.values()].find(({ kind, members }) => kind === 'direct' && members?.includes(user));
      const opened = { type: 'app_home_opened', user: team.userId(user), channel: slackId(direct!.id), tab: 'messages' };
      delivery.tell({ ...opened, event_ts: team.moment() });
    },
    archive(id: string, on = true) {
      tellChannel(id, on ? 'channel_archive' : 'channel_unarchive');
      team.channelExtra(id).archived = on ? true : undefined;
    },
    share(id: string, on = true) {
      team.channelExtra(id).external = on ? true : undefined;
      tellChannel(id, on ? 'channel_shared' : 'channel_unshared');
    },
    /** Slack changes a message by itself: a link in it is unfolded, with no `edited`. */
    unfurl(id: string, url: string) {
      team.extraOf(id).attachments = [
        { id: 1, from_url: url, service_name: 'Example', title: 'A page', fallback: 'A page', original_url: url },
      ];
      changed(id);
    },
    slackId,
    async close() {
      delivery.close();
      socket.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await team.room.close();
    },
  };
}
