// A real WebClient on the fake: it neither tries again nor waits, and what Slack says comes back as its code.
import { type LogLevel, WebClient } from '@slack/web-api';
import type { FakeSlack } from '../support/slack/fake.ts';

export const clientOf = (slack: FakeSlack, token: string | undefined = slack.tokens.bot): WebClient =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: 'none' as LogLevel,
  });

/** `ok`, or Slack's code. */
export const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    error => error.data?.error ?? error.code,
  );
