// The requests of Feishu's SDK, sent with fetch: a time limit on each, a size limit on what comes back, and one kind of error for
// everything that is refused. The SDK's own client has no limits, and its errors carry the bearer token and the message.
import type { HttpInstance } from '@larksuiteoapi/node-sdk';
import { TooLong } from '../errors.ts';
import { bytesOf } from '../files.ts';
import { FeishuProblem } from './codes.ts';

const TIMEOUT_MS = 10_000;
/** Where the long connection's address is asked for; its answer is read by the SDK itself. */
const ENDPOINT = '/callback/ws/endpoint';

type Options = Parameters<HttpInstance['request']>[0];

/**
 * What `code ≠ 0` says is thrown as a FeishuProblem, whatever the HTTP status; so is no answer within `timeoutMs`. With `responseType`
 * `arraybuffer` the answer is the bytes (more than 20 MB: TooLong), with `stream` its headers alone.
 */
export function openHttp(timeoutMs = TIMEOUT_MS): HttpInstance {
  // biome-ignore lint/suspicious/noExplicitAny: the SDK's interface leaves the answer's type to its caller.
  async function request(options: Options): Promise<any> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    try {
      const response = await fetch(addressOf(options), {
        method: options.method ?? 'GET',
        signal: controller.signal,
        ...contentOf(options),
      });
      if (options.responseType === 'stream' && response.ok) {
        await response.body?.cancel();
        return Object.fromEntries(response.headers);
      }
      return read(response, options);
    } catch (cause) {
      if (cause instanceof FeishuProblem || cause instanceof TooLong) throw cause;
      throw new FeishuProblem({ code: 0, status: 0, msg: '' }, { cause });
    } finally {
      clearTimeout(timer);
    }
  }
  const without = (method: string) => (url: string, options?: Options) => request({ ...options, method, url });
  const withData = (method: string) => (url: string, data?: unknown, options?: Options) => request({ ...options, method, url, data });
  return {
    request,
    get: without('GET'),
    delete: without('DELETE'),
    head: without('HEAD'),
    options: without('OPTIONS'),
    post: withData('POST'),
    put: withData('PUT'),
    patch: withData('PATCH'),
  };
}

function addressOf({ url = '', params = {} }: Options): string {
  const address = new URL(url);
  for (const [name, value] of Object.entries(params)) if (value !== undefined) address.searchParams.append(name, String(value));
  return address.href;
}

function contentOf({ method = 'GET', headers = {}, data }: Options): { headers: Record<string, string>; body?: string | FormData } {
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  if (data === undefined || /^(get|head)$/i.test(method)) return { headers: sent };
  const type = Object.keys(sent).find(name => name.toLowerCase() === 'content-type');
  if (type && sent[type].startsWith('multipart/form-data')) {
    // fetch writes the boundary into this header itself.
    delete sent[type];
    return { headers: sent, body: formOf(data as Record<string, unknown>) };
  }
  return { headers: { ...sent, 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(data) };
}

function formOf(fields: Record<string, unknown>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Uint8Array) form.append(name, new Blob([value as Uint8Array<ArrayBuffer>]), String(fields.file_name ?? name));
    else if (value !== undefined) form.append(name, String(value));
  }
  return form;
}

async function read(response: Response, { url = '', responseType }: Options): Promise<unknown> {
  const bytes = await bytesOf(response.body, 'file');
  const answer = /json/.test(response.headers.get('content-type') ?? '') || !response.ok ? parsed(bytes) : undefined;
  const code = answer?.code;
  if (url.endsWith(ENDPOINT)) {
    if (response.ok && answer) return { data: {}, ...answer };
    throw problem(response, answer);
  }
  if (!response.ok || (typeof code === 'number' && code !== 0)) throw problem(response, answer);
  if (responseType === 'arraybuffer') return bytes;
  if (!answer) throw problem(response, answer);
  return answer;
}

function problem(response: Response, answer: Answer | undefined): FeishuProblem {
  const { code = 0, msg = '' } = answer ?? {};
  const seconds = Number(response.headers.get('x-ogw-ratelimit-reset') ?? Number.NaN);
  const resetMs = Number.isFinite(seconds) ? Math.max(0, seconds) * 1_000 : undefined;
  return new FeishuProblem({ code: Number(code) || 0, status: response.status, msg: String(msg), resetMs });
}

type Answer = { code?: unknown; msg?: unknown };

function parsed(bytes: Uint8Array): Answer | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
