// Slack's pushes over HTTP (events, commands, presses: one path). Bolt checks the signature; what it lets through or trips over is caught in front of it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import { silentLogger } from './silent-logger.ts';

export const PUSH_PATH = '/slack/events';
/** Slack's own pushes are far smaller: a view with all its fields is 250 kB at most. */
const MOST_BYTES = 1_000_000;
/** docs.slack.dev/authentication/verifying-requests-from-slack: five minutes. Bolt asks this of the past only. */
const CLOCK_SECONDS = 300;

/** What is wrong with a push that claims to be Slack's. */
export type PushProblem = 'bad_signature' | 'bad_clock';

/** `receive` answers every request by itself. `onProblem` hears of each push that is signed, and refused. */
export function openPushes(signingSecret: string, onProblem: (code: PushProblem) => void) {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: [PUSH_PATH],
    bodyLimit: MOST_BYTES,
    logger: silentLogger,
    // Not kept: Slack pushes it again. Also when its answer came too late, after Slack had been told so.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) response.writeHead(500).end();
      return true;
    },
    unhandledRequestHandler: ({ response }) => {
      if (!response.headersSent) response.writeHead(504).end();
    },
  });
  return {
    receiver,
    receive(request: IncomingMessage, response: ServerResponse): void {
      const ahead = Number(request.headers['x-slack-request-timestamp']) - Date.now() / 1000;
      const refused = request.method !== 'POST' ? 405 : ahead > CLOCK_SECONDS ? 401 : undefined;
      if (request.headers['x-slack-signature'])
        response.once('finish', () => {
          if (response.statusCode === 401) onProblem(Math.abs(ahead) > CLOCK_SECONDS ? 'bad_clock' : 'bad_signature');
        });
      if (refused) response.writeHead(refused, { connection: 'close' }).end();
      else receiver.requestListener(request, response);
    },
  };
}
