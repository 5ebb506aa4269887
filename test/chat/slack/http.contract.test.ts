// Slack over HTTP keeps the contract that every chat keeps. Its pushes arrive at a server as ours is: one path, handed to the receiver.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSlack } from '../../../src/chat/slack/slack.ts';
import { chatContract } from '../../contracts/chat.ts';
import { openSlackUnderTest } from '../../support/slack/contract.ts';

chatContract('Slack over HTTP', () =>
  openSlackUnderTest(async fake => {
    const { tokens, apiUrl, pushes } = fake;
    const chat = await openSlack({ botToken: tokens.bot, signingSecret: pushes.signingSecret, apiUrl, lang: 'en', onProblem: () => {} });
    const server = createServer((request, response) => chat.receivers?.[request.url ?? '']?.(request, response));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    await fake.pushTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
    return {
      chat,
      async close() {
        await chat.stop();
        pushes.leave();
        server.closeAllConnections();
        await new Promise(resolve => server.close(resolve));
      },
    };
  }),
);
