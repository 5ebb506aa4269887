// The long connection: events come over a socket that we open, so the bot needs no address. The SDK's client speaks the protocol; when and
// how often to connect again is decided here. Its own loop is deaf for up to 30 s after each close (the vendor's jitter for a herd of
// clients; we are one), gives up where it must not, and says nothing about a first connection that fails.
import { type EventDispatcher, type HttpInstance, WSClient } from '@larksuiteoapi/node-sdk';
import type { Note } from './sdk-log.ts';
import { type Credentials, sdkOptions } from './sdk-options.ts';

/** How often the client's state is looked at: it tells nobody of a close. */
const LOOK_MS = 200;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
const HANDSHAKE_MS = 10_000;
/**
 * Away for longer than that: what Feishu could not deliver it sends again after 15 s, 5 min, 1 h and 6 h and then no more, and that this holds
 * for the long connection is said nowhere.
 */
const MISSED_AFTER_MS = 60_000;
/** Seconds after a ping in which something must come, or the line is dead. The vendor's server says how often to ping. */
const PONG_S = 10;

export type LongConnection = { close(): Promise<void> };

/**
 * Connects and stays connected; resolves when the line stands for the first time, or after `patienceMs` all the same (it goes on trying).
 * `note` is told when the line is lost and when it stands again, `onMissed` when it was away for so long (`missedAfterMs`) that Feishu may
 * not tell everything of that time.
 */
export async function openLongConnection(
  credentials: Credentials,
  {
    http,
    dispatcher,
    note,
    onMissed,
    missedAfterMs = MISSED_AFTER_MS,
    patienceMs = 5_000,
  }: {
    http: HttpInstance;
    dispatcher: EventDispatcher;
    note: Note;
    onMissed(): void;
    missedAfterMs?: number;
    patienceMs?: number;
  },
): Promise<LongConnection> {
  let client: WSClient | undefined;
  let failures = 0;
  let awaySince: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stands = () => {};
  const standing = new Promise<void>(resolve => {
    stands = resolve;
  });

  function connect(): void {
    const mine = new WSClient({
      ...sdkOptions(credentials, http, note),
      autoReconnect: false,
      handshakeTimeoutMs: HANDSHAKE_MS,
      wsConfig: { pingTimeout: PONG_S },
      onReady() {
        if (mine !== client) return;
        if (failures > 0) note('info', 'feishu.connectedAgain', { failures });
        failures = 0;
        if (awaySince !== undefined && Date.now() - awaySince >= missedAfterMs) onMissed();
        awaySince = undefined;
        stands();
      },
    });
    client = mine;
    void mine.start({ eventDispatcher: dispatcher }).catch(() => {});
    timer = setTimeout(look, LOOK_MS);
  }

  function look(): void {
    const state = client?.getConnectionStatus().state;
    // `reconnecting` is what the client calls it when it has been told not to.
    if (state === 'connecting' || state === 'connected') {
      timer = setTimeout(look, LOOK_MS);
      return;
    }
    client?.close({ force: true });
    awaySince ??= Date.now();
    const wait = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
    failures += 1;
    note('warn', 'feishu.lineLost', { failures, wait });
    // A little at random: several bots that lose one server do not come back in the same moment.
    timer = setTimeout(connect, wait * (0.5 + Math.random() / 2));
  }

  connect();
  let patience: NodeJS.Timeout | undefined;
  await Promise.race([standing, new Promise(resolve => (patience = setTimeout(resolve, patienceMs)))]);
  clearTimeout(patience);
  return {
    async close() {
      clearTimeout(timer);
      client?.close({ force: true });
    },
  };
}
