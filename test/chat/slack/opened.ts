// A Slack chat on a fake Slack, with what it heard, what it thought an operator should know, and what no handler caught.
import type { Ack, ChatEvent } from '../../../src/chat/chat.ts';
import { openSlack, type SlackChat, type SlackOptions } from '../../../src/chat/slack/slack.ts';
import { type SlackOptions as FakeOptions, type FakeSlack, openFakeSlack } from '../../support/slack/fake.ts';

export type Opened = {
  slack: FakeSlack;
  chat: SlackChat;
  events: ChatEvent[];
  problems: string[];
  /** unhandled rejections of this process */
  unhandled: unknown[];
  /** what the bot answers to an event */
  answer(event: ChatEvent): Promise<Ack>;
  /** people and the channel, in the room's words and in Slack's */
  ann: { room: string; id: string };
  team: { room: string; id: string };
  close(): Promise<void>;
};

/** Acknowledgements within 300 ms, redelivery at once: nothing here is about Slack's patience. Not started yet where `start` is false. */
export async function openTestSlack(more: Partial<SlackOptions> & { fake?: FakeOptions; start?: boolean } = {}): Promise<Opened> {
  const { fake, start = true, ...options } = more;
  const slack = await openFakeSlack({ ackMs: 300, retriesMs: [20, 20, 20, 20], ...fake });
  const problems: string[] = [];
  const unhandled: unknown[] = [];
  const catchUnhandled = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', catchUnhandled);
  const chat = await openSlack({
    botToken: slack.tokens.bot,
    appToken: slack.tokens.app,
    apiUrl: slack.apiUrl,
    lang: 'en',
    onProblem: code => problems.push(code),
    ...options,
  });
  const room = {
    ann: await slack.hands.person('Ann'),
    team: [...slack.team.state.channels.values()].find(({ kind }) => kind === 'open')!.id,
  };
  await slack.hands.membership(room.ann, room.team, true);
  const opened: Opened = {
    slack,
    chat,
    events: [],
    problems,
    unhandled,
    answer: async () => ({}),
    ann: { room: room.ann, id: slack.slackId(room.ann) },
    team: { room: room.team, id: slack.slackId(room.team) },
    async close() {
      await chat.stop();
      await slack.close();
      process.off('unhandledRejection', catchUnhandled);
    },
  };
  if (start) await startTestSlack(opened);
  return opened;
}

export const startTestSlack = (opened: Opened): Promise<void> =>
  opened.chat.start({
    onEvent: async event => {
      const ack = await opened.answer(event);
      opened.events.push(event);
      return ack;
    },
    formFor: async () => undefined,
  });
