// A Feishu of our own on this machine: open APIs, events by long connection or webhook, cards, files, people. It refuses what Feishu
// refuses (limits.ts) and holds one model of a chat, the room; the product's adapter talks to it over the real wire, through the real SDK.
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, appRoutes } from './app.ts';
import { cardRoutes, type PressToken } from './cards.ts';
import { chatRoutes } from './chats.ts';
import { openCloud, TENANT } from './cloud.ts';
import { openEvents } from './events.ts';
import { openFaults } from './faults.ts';
import { fileRoutes } from './files.ts';
import { type LedgerEntry, openGateway, type Route } from './gateway.ts';
import { type Hands, openHands } from './hands.ts';
import { type LongConnection, openLongConnection } from './long-connection.ts';
import { messageRoutes } from './messages.ts';
import { openPush } from './push.ts';
import { openRates } from './rates.ts';
import { reactionRoutes } from './reactions.ts';
import { verifyUrl, type Webhook, webhookLine } from './webhook.ts';

/** What docs/feishu.md asks an admin to grant. */
export const ALL_SCOPES = [
  'im:message',
  'im:message:send_as_bot',
  'im:message:readonly',
  'im:message:update',
  'im:message.group_at_msg:readonly',
  'im:message.p2p_msg:readonly',
  'im:message.group_msg',
  'im:message.reactions:read',
  'im:message.reactions:write_only',
  'im:resource',
  'im:chat:read',
  'im:chat.members:read',
  'im:chat.access_event.bot_p2p_chat:read',
  'contact:user.base:readonly',
  'application:application:self_manage',
  'application:app_slash_command:write',
];

export type FakeOptions = {
  botName?: string;
  /** the first chat, open, with the bot and everybody in it */
  chatName?: string;
  people?: string[];
  scopes?: string[];
  /** by which way events come */
  events?: 'longConnection' | 'webhook';
  /** business errors come with HTTP 200; without it as documented (400 and so on) */
  lenient?: boolean;
  hasCommands?: boolean;
  /** messages come with an address of their own, as they do in some tenants only */
  appLinks?: boolean;
};

export type FakeFeishu = Awaited<ReturnType<typeof openFakeFeishu>>;

export async function openFakeFeishu({
  botName = 'apprentice',
  chatName = 'team',
  people = ['Ann', 'Ben'],
  scopes = ALL_SCOPES,
  events: transport = 'longConnection',
  lenient = true,
  hasCommands = true,
  appLinks = true,
}: FakeOptions = {}) {
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  const cloud = await openCloud({ botName, chatName, appLinks, clock });
  const hex = (bytes: number) => randomBytes(bytes).toString('hex');
  const app: App = {
    id: `cli_${hex(8)}`,
    secret: hex(16),
    scopes: new Set(scopes),
    unpublished: new Set(),
    tokens: new Map(),
    commands: new Map(),
    hasCommands,
  };
  const verificationToken = hex(16);
  const encryptKey = hex(16);
  let webhook: Webhook | undefined;

  const faults = openFaults();
  const rates = openRates();
  const presses = new Map<string, PressToken>();
  const ledger: LedgerEntry[] = [];
  // Known only once the server is; nothing is pushed before.
  let connection: LongConnection;
  const push = openPush({
    line:
      transport === 'webhook'
        ? webhookLine(() => webhook)
        : { isOpen: () => connection.line.isOpen(), send: envelope => connection.line.send(envelope) },
    header: { token: verificationToken, app_id: app.id, tenant_key: TENANT },
    clock,
  });
  const events = openEvents(cloud, app, push);
  cloud.room.watch(entry => {
    if (entry.kind === 'said' && entry.message.author !== cloud.bot.id) events.said(entry.message.id);
    else if (entry.kind === 'reacted') events.reacted(entry.id, entry.by, entry.sign, entry.on);
    else if (entry.kind === 'deleted') {
      events.recalled(entry.id, entry.by === cloud.state.messages.get(entry.id)?.author ? 'message_owner' : 'group_owner');
    }
  });

  const routes: Route[] = [
    ...appRoutes(cloud, app, () => connection.address()),
    ...messageRoutes(cloud, rates, app.id),
    ...reactionRoutes(cloud, app.id),
    ...chatRoutes(cloud),
    ...fileRoutes(cloud),
    ...cardRoutes(cloud, rates, presses),
  ];
  const server = openGateway(routes, {
    faults,
    rates,
    scopes: app.scopes,
    isToken: token => (app.tokens.get(token) ?? 0) > clock(),
    lenient,
    heard: entry => void ledger.push(entry),
  });
  await listening(server);
  connection = openLongConnection(server, () => push.wake());
  const hands: Hands = openHands(cloud, events, presses);
  for (const name of people) await cloud.addPerson(name);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    address,
    app: { id: app.id, secret: app.secret },
    tenant: TENANT,
    verificationToken,
    encryptKey,
    botId: cloud.bot.id,
    /** the first chat's id */
    team: cloud.first.id,
    cloud,
    hands,
    /** Every call that the app has made, oldest first, with what it was answered. */
    ledger: ledger as readonly LedgerEntry[],
    faults,
    pushed: push.log,
    eventFaults: push.faults,
    connection,
    /** The person of that name. */
    person(name: string): string {
      const found = [...cloud.state.people.values()].find(person => person.name === name);
      if (!found) throw new Error(`nobody in Feishu is called ${name}`);
      return found.id;
    },
    /** The console: sets the address of events, which must give back the challenge. */
    async setWebhook(url: string): Promise<boolean> {
      const wanted = { url, encryptKey, verificationToken };
      if (!(await verifyUrl(wanted))) return false;
      webhook = wanted;
      push.wake();
      return true;
    },
    /** Takes the address away, as far as events go: they wait. */
    dropWebhook(): void {
      webhook = undefined;
    },
    /** The console: an admin gives or takes a scope, published or not. */
    grant(scope: string): void {
      app.unpublished.delete(scope);
      app.scopes.add(scope);
    },
    takeScope(scope: string, { unpublished = false } = {}): void {
      app.scopes.delete(scope);
      if (unpublished) app.unpublished.add(scope);
    },
    /** Somebody of this tenant is the app's owner. */
    ownedBy(person: string): void {
      app.owner = person;
    },
    /** Somebody opens the direct chat with the bot. */
    enterDirect(person: string): void {
      events.entered(cloud.direct(person)!.id, person);
    },
    revokeTokens: () => app.tokens.clear(),
    commands: () => [...app.commands.values()],
    /** The fake's clock runs ahead from now on: for what ends after days. */
    passes: (ms: number) => void (ahead += ms),
    async close(): Promise<void> {
      push.close();
      connection.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      await cloud.close();
    },
  };
}

function listening(server: Server): Promise<void> {
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve()));
}
