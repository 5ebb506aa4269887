// Socket Mode that stays connected. The SDK's own reconnecting waits five seconds at least and can end the process; this loop does neither.
import { SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { silentLogger } from './silent-logger.ts';

const LONGEST_WAIT_MS = 30_000;
/** Slack says hello within a second; a connection that does not is none. */
const HELLO_MS = 15_000;
/** Away for longer than a reconnect takes: Slack may have given up some of what it tried to deliver meanwhile. */
const MISSED_AFTER_MS = 5_000;
/** Slack asked us to leave: so long it has to close its side, then we go. */
const GOODBYE_MS = 300;

export type Socket = {
  receiver: SocketModeReceiver;
  /** Resolves with the first connection. */
  open(): Promise<void>;
  close(): Promise<void>;
};

/**
 * `onProblem` hears what keeps us away (Slack's code), once for each time away, and `slow` when Slack holds back events. `onMissed`: we are
 * back after so long a time that Slack may not tell us everything of it.
 */
export function openSocket(
  appToken: string,
  apiUrl: string | undefined,
  { onProblem, onMissed }: { onProblem(code: string): void; onMissed(): void },
): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    logger: silentLogger,
    installerOptions: {
      clientOptions: {
        ...(apiUrl && { slackApiUrl: apiUrl }),
        timeout: 10_000,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
  });
  const { client } = receiver;
  let closing = false;
  let connecting: Promise<void> | undefined;
  let wake = () => {};
  let awaySince: number | undefined;
  /** Slack's reason for sending us away, since we last asked to come in */
  let goodbye: string | undefined;

  // Listens in front of the SDK: what has no event in it breaks it, and a goodbye must not leave us deaf until Slack has closed its side.
  const [handle] = client.listeners('ws_message') as ((data: unknown, isBinary: boolean) => Promise<void>)[];
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    const { type, payload } = envelope(data);
    if (payload?.type === 'app_rate_limited') onProblem('app_rate_limited');
    const eventless = type === 'events_api' && payload?.event === undefined;
    const shown = eventless
      ? JSON.stringify({ ...envelope(data), payload: { ...payload, event: { type: payload?.type ?? 'none' } } })
      : data;
    handle(shown, isBinary).catch(() => onProblem('bad_envelope'));
    if (type === 'disconnect') {
      goodbye = envelope(data).reason;
      leaveSoon();
    }
  });
  client.on('disconnected', () => {
    awaySince ??= Date.now();
    void connect();
  });

  function leaveSoon(): void {
    let gone = false;
    client.once('disconnected', () => {
      gone = true;
    });
    // Asked a second time, the client does not wait for the other side.
    const timer = setTimeout(() => {
      if (!gone && !closing) client.disconnect().catch(() => {});
    }, GOODBYE_MS);
    timer.unref();
  }

  function connect(): Promise<void> {
    if (closing) return Promise.resolve();
    connecting ??= keepTrying().finally(() => {
      connecting = undefined;
    });
    return connecting;
  }

  async function keepTrying(): Promise<void> {
    let told: string | undefined;
    for (let tries = 0; !closing; tries++) {
      try {
        await startOnce();
        if (awaySince !== undefined && Date.now() - awaySince > MISSED_AFTER_MS) onMissed();
        awaySince = undefined;
        return;
      } catch (error) {
        // Sent away before a hello, the client gives no reason.
        const code = error === undefined && goodbye ? goodbye : reason(error);
        // The first failure is an ordinary hiccup.
        if (tries > 0 && told !== code) onProblem(code);
        if (tries > 0) told = code;
        const asked = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : 0;
        await pause(Math.max(asked, Math.min(LONGEST_WAIT_MS, 50 * 2 ** tries)));
      }
    }
  }

  async function startOnce(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        client.disconnect().catch(() => {});
        reject(new Error('no_hello'));
      }, HELLO_MS);
    });
    goodbye = undefined;
    const started = client.start();
    started.catch(() => {});
    try {
      await Promise.race([started, late]);
    } finally {
      clearTimeout(timer);
    }
    // Closed while it was being opened: nobody else would close it.
    if (closing) await client.disconnect();
  }

  const pause = (ms: number) =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return {
    receiver,
    open: connect,
    async close() {
      closing = true;
      wake();
      const connected = client.disconnect();
      // A far side that never says goodbye does not keep us.
      const forced = setTimeout(() => void client.disconnect().catch(() => {}), GOODBYE_MS);
      await connected.catch(() => {});
      clearTimeout(forced);
      await connecting?.catch(() => {});
    },
  };
}

type Envelope = { type?: string; reason?: string; payload?: { type?: string; event?: unknown } };

function envelope(data: unknown): Envelope {
  try {
    const parsed = JSON.parse(typeof data === 'string' ? data : new TextDecoder().decode(data as ArrayBuffer));
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

function reason(error: unknown): string {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  if (error instanceof Error) return (error as { code?: string }).code ?? error.message;
  return 'closed';
}
