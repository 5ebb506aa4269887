// HTTP mode: signed requests to the app's one address, as Slack sends events, commands and interactivity.
import { createHmac, randomBytes } from 'node:crypto';
import { type Kind, NotAcked, type Outlet, type Retry } from './outlets.ts';

export type Pushes = Outlet & ReturnType<typeof openPushes>;

/** Posts go nowhere until `to(url)` has been verified. docs.slack.dev/authentication/verifying-requests-from-slack */
export function openPushes({ ackMs }: { ackMs: number }) {
  const signingSecret = randomBytes(16).toString('hex');
  let url: string | undefined;

  /** `skewS`: seconds by which the timestamp is wrong; `secret`: another than ours signs it. */
  function signed(body: string, { skewS = 0, secret = signingSecret } = {}): Record<string, string> {
    const timestamp = String(Math.floor(Date.now() / 1000) + skewS);
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature };
  }

  async function post(to: string, body: string, type: string, more: Record<string, string> = {}): Promise<Response> {
    const headers = { 'content-type': type, 'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)', ...signed(body), ...more };
    try {
      return await fetch(to, { method: 'POST', body, headers, redirect: 'manual', signal: AbortSignal.timeout(ackMs) });
    } catch (cause) {
      const late = cause instanceof Error && cause.name === 'TimeoutError';
      throw new NotAcked(late ? 'http_timeout' : 'connection_failed', { cause });
    }
  }

  return {
    signingSecret,
    signed,
    /** The app's address from now on; rejects where the app does not answer the challenge as Slack wants it. */
    async to(address: string): Promise<void> {
      const challenge = randomBytes(12).toString('hex');
      const response = await post(address, JSON.stringify({ type: 'url_verification', token: 'x', challenge }), 'application/json');
      const text = await response.text();
      const answer = text.startsWith('{') ? (JSON.parse(text) as { challenge?: string }).challenge : text;
      if (!response.ok || answer !== challenge) throw new NotAcked(`url_verification: ${response.status} ${text}`);
      url = address;
    },
    leave() {
      url = undefined;
    },
    isOpen: () => url !== undefined,
    async send(kind: Kind, payload: object, retry?: Retry): Promise<unknown> {
      if (!url) throw new NotAcked('connection_failed');
      const [body, type] = wire(kind, payload);
      const retried = retry && { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason };
      const response = await post(url, body, type, retried);
      const text = await response.text();
      if (!response.ok) {
        const stop = response.headers.get('x-slack-no-retry') === '1';
        throw new NotAcked(stop ? 'no_retry' : 'http_error');
      }
      if (!text) return {};
      return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : { text };
    },
  };
}

/** Events are JSON, commands a form, interactivity a form with JSON in it. */
function wire(kind: Kind, payload: object): [body: string, type: string] {
  if (kind === 'events_api') return [JSON.stringify(payload), 'application/json'];
  const form = kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return [new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded'];
}
