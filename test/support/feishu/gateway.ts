// The gateway before Feishu's open APIs: reads a call, knows its token and scopes, counts it, checks its arguments, and keeps a ledger.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Fault, Faults } from './faults.ts';
import { CODES, FeishuRefusal, refuse } from './limits.ts';
import { type Part, partsOf } from './multipart.ts';
import type { Rates } from './rates.ts';

export type Call = {
  params: Record<string, string>;
  query: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: a caller may send anything
  body: Record<string, any>;
  files: Record<string, { name: string; bytes: Uint8Array }>;
};
/** Names of arguments; those with a `!` must be there. Any other is refused. */
export type Route = {
  call: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;
  /** any one of them is enough; none = open to everybody who has a token */
  scopes?: string[];
  /** without a token */
  open?: true;
  query?: string[];
  body?: string[];
  run(call: Call): unknown;
};
/** An answer that is not `{ code: 0, data }`. */
export type Raw = { raw: unknown } | { bytes: Uint8Array; name: string };

export type LedgerEntry = {
  call: string;
  query: Record<string, string>;
  body: Record<string, unknown>;
  token?: string;
  status: number;
  code: number;
  /** when it came, in milliseconds since 1970 */
  at: number;
  /** done, and its answer never arrived */
  lost?: true;
};

export type Gate = {
  faults: Faults;
  rates: Rates;
  scopes: Set<string>;
  isToken(token: string): boolean;
  /** Refusals come with HTTP 200, as Feishu's own business errors may; else with the documented status. */
  lenient: boolean;
  heard(entry: LedgerEntry): void;
};

export function openGateway(routes: Route[], gate: Gate): Server {
  const compiled = routes.map(route => ({ route, pattern: patternOf(route.call) }));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://feishu');
    const name = `${request.method} ${url.pathname}`;
    const entry: LedgerEntry = { call: name, query: Object.fromEntries(url.searchParams), body: {}, status: 0, code: 0, at: Date.now() };
    const fault = gate.faults.next(name);
    if (fault?.kind === 'wait') await new Promise(resolve => setTimeout(resolve, fault.ms));
    try {
      const { body, files } = await read(request);
      entry.body = body;
      entry.token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      if (fault?.kind === 'answer') return sendFault(fault);
      const found = compiled.find(({ pattern }) => pattern.test(name)) ?? refuse('noSuchApi', name);
      const { route, pattern } = found;
      const params = (pattern.exec(name) as RegExpExecArray).groups ?? {};
      if (!route.open) check(route, entry);
      checkNames(route.query ?? [], entry.query);
      checkNames(route.body ?? [], { ...body, ...files });
      const result = await route.run({ params, query: entry.query, body, files });
      if (fault?.kind === 'drop') {
        entry.lost = true;
        log(200, 0);
        return void request.socket.destroy();
      }
      if (isBytes(result)) {
        log(200, 0);
        response.writeHead(200, {
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename="${encodeURIComponent(result.name)}"`,
        });
        return void response.end(result.bytes);
      }
      const whole = isRaw(result) ? result.raw : { code: 0, msg: 'success', data: result ?? {} };
      send(200, whole, (whole as { code?: number }).code ?? 0);
    } catch (error) {
      if (!(error instanceof FeishuRefusal)) {
        send(500, { code: 2200, msg: `the fake itself: ${error}` }, 2200);
        return;
      }
      const { status, code, msg } = error.refusal;
      const limited = code === CODES.tooFast.code;
      const headers = limited ? { 'x-ogw-ratelimit-limit': '50', 'x-ogw-ratelimit-reset': '1' } : undefined;
      send(gate.lenient && !limited ? 200 : status, { code, msg, error: { log_id: 'fake' } }, code, headers);
    }

    function sendFault({ status = 200, body, headers }: Fault): void {
      send(status, body, (body as { code?: number }).code ?? -1, headers);
    }
    function log(status: number, code: number): void {
      gate.heard({ ...entry, status, code });
    }
    function send(status: number, whole: unknown, code: number, headers: Record<string, string> = {}): void {
      log(status, code);
      const text = typeof whole === 'string' ? whole : JSON.stringify(whole);
      response.writeHead(status, {
        'content-type': typeof whole === 'string' ? 'text/html' : 'application/json; charset=utf-8',
        ...headers,
      });
      response.end(text);
    }
  }

  function check({ call, scopes }: Route, { token }: LedgerEntry): void {
    if (!token) refuse('noToken');
    if (!gate.isToken(token as string)) refuse('badToken');
    if (scopes && !scopes.some(scope => gate.scopes.has(scope))) {
      const { code, status, msg } = CODES.noScope;
      const refusal = new FeishuRefusal('noScope');
      Object.assign(refusal.refusal, { code, status, msg: msg.replace('SCOPES', scopes.join(', ')) });
      throw refusal;
    }
    gate.rates.ofApp();
    gate.rates.ofCall(call);
  }

  return createServer((request, response) => void answer(request, response));
}

function patternOf(call: string): RegExp {
  const path = call.replace(/[.]/g, '\\.').replace(/:(\w+)/g, '(?<$1>[^/]+)');
  return new RegExp(`^${path}$`);
}

function checkNames(known: string[], got: Record<string, unknown>): void {
  const names = known.map(name => name.replace('!', ''));
  for (const name of Object.keys(got)) if (!names.includes(name)) refuse('badField', `unknown argument ${name}`);
  for (const name of known.filter(name => name.endsWith('!')).map(name => name.slice(0, -1))) {
    if (got[name] === undefined || got[name] === '') refuse('badField', `${name} is required`);
  }
}

async function read(request: IncomingMessage): Promise<Pick<Call, 'body' | 'files'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/')) return multipart(bytes, type);
  if (bytes.length === 0) return { body: {}, files: {} };
  try {
    const body = JSON.parse(bytes.toString('utf8'));
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Error('no object');
    return { body, files: {} };
  } catch {
    return refuse('badField', 'the body is no JSON object');
  }
}

/** A part that says its type is a file, whether it has a name or not. */
function multipart(bytes: Buffer, type: string): Pick<Call, 'body' | 'files'> {
  const parts = partsOf(bytes, type);
  const isFile = (part: Part) => part.filename !== undefined || part.type !== undefined;
  return {
    body: Object.fromEntries(parts.filter(part => !isFile(part)).map(({ name, bytes }) => [name, bytes.toString('utf8')])),
    files: Object.fromEntries(parts.filter(isFile).map(({ name, filename = '', bytes }) => [name, { name: filename, bytes }])),
  };
}

const isRaw = (result: unknown): result is { raw: unknown } => typeof result === 'object' && result !== null && 'raw' in result;
const isBytes = (result: unknown): result is { bytes: Uint8Array; name: string } =>
  typeof result === 'object' && result !== null && 'bytes' in result;
