// Events by webhook, open to anybody on the net: nothing is believed before its signature. (The SDK's own receiver ends the process on one
// anonymous body, takes replays, and lets requests hang.) In this order: size, method, type, signature, freshness, cipher, token, handler.
import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Feishu sends cards and messages of 150 KB at most. */
const MOST_BYTES = 1024 * 1024;
/** So much of a body that is too big is still read, so that the connection stays usable. */
const DRAINED_BYTES = 8 * 1024 * 1024;
const BODY_MS = 10_000;
const FRESH_S = 300;
/** What was handled is not handled again: as many signatures are remembered as can still be fresh, within reason. */
const REMEMBERED = 10_000;

export type WebhookOptions = {
  encryptKey: string;
  /** unset: the signature alone is asked for */
  verificationToken?: string;
  /** What the event's sender is answered. Rejects where the event was not kept: Feishu sends it again. */
  handle(event: object): Promise<unknown>;
  now?(): number;
  bodyMs?: number;
};

/** Answers 200, 400, 401, 405, 408, 413 and 500; never throws, and runs `handle` only for what Feishu itself has sent just now. */
export function openWebhook(options: WebhookOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const handled = new Set<string>();
  return (request, response) => {
    request.on('error', () => {});
    response.on('error', () => {});
    receive(request, response, options, handled).catch(() => answer(response, 500));
  };
}

async function receive(request: IncomingMessage, response: ServerResponse, options: WebhookOptions, handled: Set<string>): Promise<void> {
  const body = await bodyOf(request, options.bodyMs ?? BODY_MS);
  if (body === 'slow') return answer(response, 408, {}, { connection: 'close' });
  if (body === 'endless') return answer(response, 413, {}, { connection: 'close' });
  if (request.method !== 'POST') return answer(response, 405, {}, { allow: 'POST' });
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return answer(response, 400);
  if (body === 'too big') return answer(response, 413);

  const { encryptKey, verificationToken, now = Date.now } = options;
  const sent = signatureOf(request, body, encryptKey);
  if (sent === 'wrong') return answer(response, 401);
  if (sent && !(Math.abs(now() / 1_000 - sent.at) <= FRESH_S)) return answer(response, 401);
  const encrypted = stringIn(parsed(body), 'encrypt');
  if (encrypted === undefined) return answer(response, 400);
  const event = parsed(decrypted(encrypted, encryptKey));
  if (!event) return answer(response, 401);
  const header = objectIn(event, 'header');
  const token = stringIn(header ?? event, 'token') ?? stringIn(event, 'token');
  if (verificationToken !== undefined && !same(token ?? '', verificationToken)) return answer(response, 401);

  if (event.type === 'url_verification') return answer(response, 200, { challenge: event.challenge });
  // Only the check of the address may come without a signature.
  if (!sent) return answer(response, 401);
  if (handled.has(sent.signature)) return answer(response, 200);
  const said = await options.handle(event);
  handled.add(sent.signature);
  if (handled.size > REMEMBERED) handled.delete(handled.values().next().value as string);
  answer(response, 200, typeof said === 'object' && said !== null ? said : {});
}

/** SHA-256 of timestamp, nonce, key and the body as it came. Undefined: none was sent. */
function signatureOf({ headers }: IncomingMessage, body: Buffer, key: string): { at: number; signature: string } | 'wrong' | undefined {
  const [at, nonce, signature] = ['timestamp', 'nonce']
    .map(name => String(headers[`x-lark-request-${name}`] ?? ''))
    .concat(String(headers['x-lark-signature'] ?? ''));
  if (signature === '') return undefined;
  const expected = createHash('sha256')
    .update(at + nonce + key)
    .update(body)
    .digest('hex');
  return same(signature, expected) && /^\d{1,12}$/.test(at) ? { at: Number(at), signature } : 'wrong';
}

/** AES-256-CBC, key SHA-256(encryptKey), the first 16 bytes are the IV. Undefined for what is no such text. */
function decrypted(text: string, key: string): Buffer | undefined {
  try {
    const bytes = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), bytes.subarray(0, 16));
    return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** `too big`: it was read and left away. `endless`: it goes on. `slow`: it did not end in time. */
function bodyOf(request: IncomingMessage, ms: number): Promise<Body> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => resolve('slow'), ms);
    const end = (body: Body) => {
      clearTimeout(timer);
      resolve(body);
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BYTES) chunks.push(chunk);
      else chunks.length = 0;
      if (size > DRAINED_BYTES) end('endless');
    });
    request.on('end', () => end(size > MOST_BYTES ? 'too big' : Buffer.concat(chunks)));
    // Whoever hangs up is told nothing; the answer goes nowhere.
    request.on('close', () => end(Buffer.alloc(0)));
  });
}

type Body = Buffer | 'too big' | 'endless' | 'slow';

function answer(response: ServerResponse, status: number, body: unknown = {}, headers: Record<string, string> = {}): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body), () => headers.connection && response.socket?.destroySoon());
}

type Parsed = Record<string, unknown>;

function parsed(bytes: Buffer | undefined): Parsed | undefined {
  try {
    const value: unknown = bytes && JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Parsed) : undefined;
  } catch {
    return undefined;
  }
}

const stringIn = (value: Parsed | undefined, key: string): string | undefined =>
  typeof value?.[key] === 'string' ? value[key] : undefined;

function objectIn(value: Parsed, key: string): Parsed | undefined {
  const inner = value[key];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Parsed) : undefined;
}

/** In a time that does not depend on where they differ. */
function same(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map(text => createHash('sha256').update(text).digest());
  return timingSafeEqual(a, b);
}
