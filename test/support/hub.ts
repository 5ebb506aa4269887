// The far side: a server that speaks as much of the Hugging Face hub's HTTP as a download needs. Serves one folder as one repository.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export type FakeHub = {
  url: string;
  /** Paths that were fetched. */
  fetched: string[];
};

/** `spoil` may change what is sent for a file; `token`: whoever has another one, or none, gets nothing. Stops after the test. */
export async function fakeHub(
  repo: string,
  folder: string,
  spoil: (path: string, bytes: Buffer) => Buffer = (_, bytes) => bytes,
  token?: string,
): Promise<FakeHub> {
  const fetched: string[] = [];
  const server = createServer((request, response) => {
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"Invalid username or password."}');
      return;
    }
    const path = decodeURIComponent((request.url ?? '').split('?')[0]);
    if (path === `/api/models/${repo}/tree/main`) {
      const files = readdirSync(folder).map(name => {
        const bytes = readFileSync(join(folder, name));
        const lfs = name.endsWith('.safetensors')
          ? { oid: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, pointerSize: 130 }
          : undefined;
        return { type: 'file', path: name, size: bytes.length, oid: 'abc', lfs };
      });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(files));
      return;
    }
    const name = path.startsWith(`/${repo}/resolve/main/`) ? path.split('/').at(-1)! : '';
    if (!name || !readdirSync(folder).includes(name)) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Repository not found"}');
      return;
    }
    const bytes = spoil(name, readFileSync(join(folder, name)));
    const range = /bytes=(\d+)-(\d+)?/.exec(request.headers.range ?? '');
    const [from, to] = range ? [Number(range[1]), Math.min(Number(range[2] ?? bytes.length - 1), bytes.length - 1)] : [0, bytes.length - 1];
    if (to > 0) fetched.push(name);
    response.writeHead(range ? 206 : 200, {
      etag: '"abc"',
      'content-length': to + 1 - from,
      'content-range': `bytes ${from}-${to}/${bytes.length}`,
    });
    response.end(bytes.subarray(from, to + 1));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, fetched };
}
