// The other way of events: each is encrypted, signed and posted to an address of the app's.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { LIMITS } from './limits.ts';
import type { Line } from './push.ts';

export type Webhook = { url: string; encryptKey: string; verificationToken: string };
/** Ways in which a post is not as Feishu would send it. */
export type Forged = { signature?: string | null; timestamp?: number; nonce?: string; encrypt?: string; plain?: boolean };

const sha256 = (text: string) => createHash('sha256').update(text);

/** AES-256-CBC under the key's SHA-256, the initial vector before the text, in base64. */
export function encrypted(encryptKey: string, value: unknown): string {
  const vector = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', sha256(encryptKey).digest(), vector);
  return Buffer.concat([vector, cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]).toString('base64');
}

/** What Feishu would post for `value`; forged where that is wanted. */
export function signedPost({ encryptKey }: Pick<Webhook, 'encryptKey'>, value: unknown, forged: Forged = {}) {
  const body = JSON.stringify(forged.plain ? value : { encrypt: forged.encrypt ?? encrypted(encryptKey, value) });
  const timestamp = String(forged.timestamp ?? Math.floor(Date.now() / 1000));
  const nonce = forged.nonce ?? randomBytes(8).toString('hex');
  const signature = forged.signature === undefined ? sha256(timestamp + nonce + encryptKey + body).digest('hex') : forged.signature;
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    ...(signature !== null && { 'x-lark-signature': signature }),
  };
  return { body, headers };
}

/** `where` is asked at each post: an app has an address once it is set. */
export function webhookLine(where: () => Webhook | undefined): Line {
  return {
    isOpen: () => where() !== undefined,
    async send(envelope) {
      const webhook = where()!;
      const answer = await postTo(webhook, envelope);
      return { taken: answer?.status === 200, answer: answer?.json };
    },
  };
}

/** Undefined where nobody answered within three seconds. */
export async function postTo(webhook: Webhook, value: unknown, forged?: Forged): Promise<{ status: number; json: unknown } | undefined> {
  const { body, headers } = signedPost(webhook, value, forged);
  try {
    const response = await fetch(webhook.url, { method: 'POST', headers, body, signal: AbortSignal.timeout(LIMITS.ackMs) });
    const text = await response.text();
    return { status: response.status, json: text ? JSON.parse(text) : undefined };
  } catch {
    return undefined;
  }
}

/** What the console does when the address is set: it must give the challenge back. */
export async function verifyUrl(webhook: Webhook): Promise<boolean> {
  const challenge = randomBytes(12).toString('hex');
  const answer = await postTo(webhook, { challenge, token: webhook.verificationToken, type: 'url_verification' });
  return answer?.status === 200 && (answer.json as { challenge?: string } | undefined)?.challenge === challenge;
}
