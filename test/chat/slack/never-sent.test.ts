// What never left this machine is told from what got no answer, by real connections.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { neverSent } from '../../../src/chat/slack/never-sent.ts';

it('nobody listens: never sent; the line is cut after the request: who knows', async () => {
  const server = createServer(request => request.socket.destroy());
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const failure = () => fetch(address, { method: 'POST', body: 'x' }).catch(error => error);
  const cut = await failure();
  await new Promise(resolve => server.close(resolve));
  const refused = await failure();
  expect([cut, refused].map(neverSent)).toEqual([false, true]);
  expect([new Error('x'), undefined].map(neverSent)).toEqual([false, false]);
});
