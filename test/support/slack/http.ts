// Slack's web server: the API, uploads, files and response_urls, over real HTTP.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Args, World } from './call.ts';
import type { CallFault, Faults } from './faults.ts';
import { roomId } from './ids.ts';
import { uploadsOf } from './methods/files.ts';
import { SlackRefusal } from './refusal.ts';
import { respond } from './response-url.ts';
import type { Tokens } from './tokens.ts';
import { perform } from './web-api.ts';

/** One call, as it came and as it was answered. `answer` is what the caller would have got but for a fault. */
export type Call = {
  method: string;
  args: Args;
  token?: string;
  at: number;
  status: number;
  error?: string;
  lost?: true;
  answer?: Record<string, unknown>;
};
export type Answer = { status: number; body: string | Uint8Array | object; type?: string; headers?: Record<string, string> };

const SLACK_WRONG: Answer = { status: 500, body: 'internal error', type: 'text/plain' };

export function answering(world: () => World, tokens: Tokens, faults: Faults, calls: Call[]) {
  async function api(method: string, request: IncomingMessage, raw: Buffer): Promise<Answer | 'lost'> {
    const args = await argumentsOf(request, raw);
    const token = bearer(request) ?? (args.token as string | undefined);
    const { token: _, ...shown } = args;
    const call: Call = { method, args: shown, token, at: world().team.now(), status: 200 };
    calls.push(call);
    const fault = faults.next(method);
    const instead = fault && (await instance(fault, call));
    if (instead) return instead;
    try {
      call.answer = await perform(world(), tokens, method, args, token);
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      Object.assign(call, { status: error.status, error: error.code, answer: { ok: false, error: error.code, ...error.more } });
      if (error.status !== 200) return { status: error.status, body: call.answer!, headers: error.headers };
    }
    if (fault && 'lose' in fault) {
      call.lost = true;
      return 'lost';
    }
    if (fault && 'error' in fault) {
      call.error = fault.error;
      return { status: 200, body: { ok: false, error: fault.error } };
    }
    return { status: 200, body: call.answer!, headers: { 'x-oauth-scopes': world().scopes().join(',') } };
  }

  /** What is sent to a response_url is a call of that name. */
  async function byUrl(path: string, raw: Buffer): Promise<Answer | 'lost'> {
    const call: Call = { method: 'response_url', args: {}, at: world().team.now(), status: 200 };
    calls.push(call);
    const fault = faults.next(call.method);
    const instead = fault && (await instance(fault, call));
    if (instead) return instead;
    const { ts, ...answer } = await respond(world(), path, raw);
    Object.assign(call, { status: answer.status, ...(ts && { answer: { message_ts: ts } }) });
    if (!fault || !('lose' in fault)) return answer;
    call.lost = true;
    return 'lost';
  }

  async function upload(path: string, request: IncomingMessage, raw: Buffer): Promise<Answer> {
    const id = roomId(path.split('/').at(-1)!.split('-')[0]);
    const wanted = uploadsOf(world()).get(id);
    if (!wanted) return { status: 404, body: 'not found', type: 'text/plain' };
    const bytes = await uploaded(request, raw);
    if (bytes.length !== wanted.length)
      return { status: 400, body: `expected ${wanted.length} bytes, got ${bytes.length}`, type: 'text/plain' };
    wanted.bytes = bytes;
    return { status: 200, body: `OK - ${bytes.length}`, type: 'text/plain' };
  }

  /** Without a good token Slack sends its page for signing in, with status 200: a trap that a client must notice. */
  function file(path: string, request: IncomingMessage): Answer {
    const { team } = world();
    const id = roomId(/-(F[0-9A-Z]+)/.exec(path)?.[1] ?? '');
    const known = team.files.get(id);
    const signIn: Answer = { status: 200, body: '<!DOCTYPE html><title>Slack</title>Sign in', type: 'text/html; charset=utf-8' };
    try {
      tokens.check(bearer(request), 'bot', ['files:read']);
    } catch {
      return signIn;
    }
    if (!known || known.deleted) return { status: 404, body: 'file not found', type: 'text/plain' };
    return { status: 200, body: team.bytes.get(id)!, type: known.mimetype };
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await bodyOf(request);
    const { pathname } = new URL(request.url ?? '/', 'http://slack');
    let answer: Answer | 'lost';
    try {
      if (pathname.startsWith('/api/')) answer = await api(pathname.slice('/api/'.length), request, raw);
      else if (pathname.startsWith('/upload/')) answer = await upload(pathname, request, raw);
      else if (pathname.startsWith('/files-pri/')) answer = file(pathname, request);
      else answer = await byUrl(pathname, raw);
    } catch (error) {
      // A mistake of this fake: it must be seen, not taken for Slack's.
      console.error(error);
      answer = SLACK_WRONG;
    }
    if (answer === 'lost') return void request.socket.destroy();
    const bytes = answer.body instanceof Uint8Array || typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json; charset=utf-8', ...answer.headers }).end(bytes);
  };
}

/** What a fault answers instead of performing the call. */
async function instance(fault: CallFault, call: Call): Promise<Answer | undefined> {
  if ('delayMs' in fault) await new Promise(resolve => setTimeout(resolve, fault.delayMs));
  if ('error' in fault) {
    if (fault.performed) return undefined;
    call.error = fault.error;
    return { status: 200, body: { ok: false, error: fault.error } };
  }
  if (!('status' in fault)) return undefined;
  call.status = fault.status;
  call.error = fault.status === 429 ? 'ratelimited' : undefined;
  const headers: Record<string, string> = fault.status === 429 ? { 'retry-after': String(fault.retryAfter ?? 1) } : {};
  return { status: fault.status, body: fault.status === 429 ? { ok: false, error: 'ratelimited' } : 'upstream unavailable', headers };
}

const bearer = ({ headers }: IncomingMessage) => /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function argumentsOf({ url, headers }: IncomingMessage, raw: Buffer): Promise<Args> {
  const query = Object.fromEntries(new URL(url ?? '', 'http://slack').searchParams);
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return { ...query, ...(JSON.parse(raw.toString() || '{}') as Args) };
  if (type.startsWith('multipart/')) {
    const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
    return { ...query, ...Object.fromEntries(form) };
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(raw.toString())) };
}

async function uploaded({ headers }: IncomingMessage, raw: Buffer): Promise<Uint8Array> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return raw;
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const [part] = [...form.values()];
  return typeof part === 'string' ? Buffer.from(part) : new Uint8Array(await part.arrayBuffer());
}
