// Bolt's App around a receiver: what comes is a row before it is acknowledged. Bolt acknowledges an event by itself before any listener,
// so events are kept in front of it; commands, presses and forms are kept by their listeners, which acknowledge them.

import { App, type Receiver } from '@slack/bolt';
import type { Lang } from '../../words/words.ts';
import { say } from '../../words/words.ts';
import { bounded } from '../bounded.ts';
import type { Ack, ChatEvent, ChatHandlers, Recipient } from '../chat.ts';
import { type CommandBody, commandEvent, type PressBody, pressEvent, submissionEvent, type ViewBody } from './commands.ts';
import type { Delivered } from './delivered.ts';
import { type Callback, eventOf } from './events.ts';
import { namedIn, toMrkdwn } from './face/markdown.ts';
import { pressOf } from './face/press.ts';
import { fieldErrors, submissionOf } from './face/view.ts';
import type { Me } from './message.ts';
import type { Names } from './names.ts';
import { silentLogger } from './silent-logger.ts';

/** Slack waits three seconds for whoever typed or pressed. */
const ANSWER_MS = 2_500;

export type Receiving = {
  me: Me;
  token: string;
  names: Names;
  langOf(person: string): Lang;
  /** undefined before the start and after the stop: nothing is acknowledged then */
  open(): { delivered: Delivered; formFor: ChatHandlers['formFor'] } | undefined;
  openForm(body: PressBody, press: { action: string; value: string }, formFor: ChatHandlers['formFor']): Promise<void>;
  /** Only that person sees it. */
  tell(key: string, to: Recipient, text: string): Promise<void>;
  /** Told of every event before it is kept. */
  onCallback(callback: Callback): void;
  /** Told of every command before it is kept. */
  onCommand(body: CommandBody): void;
  onProblem(error: unknown): void;
};

/** Lets the receiver deliver. Nothing connects here. */
export function receiveBy(receiver: Receiver, parts: Receiving): void {
  const { me, token, names, langOf, onProblem } = parts;
  const app = new App({
    receiver: keptFirst(receiver, body => keepCallback(body as unknown as Callback & { type?: string })),
    authorize: async () => ({ botToken: token, botId: me.bot, botUserId: me.user, teamId: me.team }),
    logger: silentLogger,
    // The bot's own doings are told apart in events.ts, where its edits are, too.
    ignoreSelf: false,
  });
  app.error(async error => {
    onProblem(error);
    throw error;
  });

  function opened() {
    const now = parts.open();
    if (!now) throw new Error('not started, or stopped already');
    return now;
  }

  /** The bot edits its own messages all the time; only where people stand behind what it said there is that an event. */
  const reactedTo = bounded<string, true>(5_000);

  async function keepCallback(body: Callback & { type?: string }): Promise<void> {
    if (body.type !== 'event_callback' || !body.event) return;
    const { delivered } = opened();
    parts.onCallback(body);
    const { text, blocks } = body.event;
    const event = eventOf(body, me, await names(namedIn({ text, blocks })), ref => reactedTo.get(ref) === true);
    if (!event) return;
    if (body.event.type === 'reaction_added' && event.kind === 'touched') reactedTo.set(`${event.ref.channel}:${event.ref.id}`, true);
    const ack = await delivered.keep(event).catch(error => {
      onProblem(error);
      throw error;
    });
    if (ack.say && event.kind === 'message') tellLater(event, ack.say);
  }

  /** What became of it; a sentence for its sender where it is not kept in time. */
  async function keep(event: Kept): Promise<Ack & { lost?: true }> {
    const notKept = { lost: true as const, say: say(langOf(event.person), 'slack.notKept') };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<typeof notKept>(resolve => {
      timer = setTimeout(() => resolve(notKept), ANSWER_MS);
    });
    const kept = opened()
      .delivered.keep(event)
      .catch(error => {
        onProblem(error);
        return notKept;
      });
    return Promise.race([kept, late]).finally(() => clearTimeout(timer));
  }

  function tellLater(event: Kept, text: string): void {
    parts.tell(`ack:${event.key}`, { person: event.person, ...(event.reply && { reply: event.reply }) }, text).catch(onProblem);
  }

  app.command(/./, async ({ ack, command }) => {
    const body = command as unknown as CommandBody;
    parts.onCommand(body);
    const event = commandEvent(body, await names(namedIn({ text: body.text })));
    const { say: text } = await keep(event as Kept);
    await ack(text ? { response_type: 'ephemeral', text: toMrkdwn(text) } : undefined);
  });

  app.action(/./s, async ({ ack, body }) => {
    const press = pressOf(body as unknown as Record<string, unknown>);
    // Boxes that are ticked are read when a button is pressed.
    if (!press) return ack();
    const pressed = body as unknown as PressBody;
    if (press.form) {
      const { formFor } = opened();
      await ack();
      return parts.openForm(pressed, press, formFor);
    }
    const event = pressEvent(pressed, press);
    const { say: text } = await keep(event as Kept);
    await ack();
    if (text) tellLater(event as Kept, text);
  });

  app.view(/./s, async ({ ack, body, view }) => {
    const submission = submissionOf(view as never);
    if (!submission) return ack();
    const event = submissionEvent(body as unknown as ViewBody, submission);
    const answer = await keep(event as Kept);
    // What was typed must not be lost because it could not be kept: the form stays open.
    const wrong = answer.fieldErrors ?? (answer.lost ? { '': answer.say ?? '' } : {});
    const errors = fieldErrors(view as never, wrong);
    if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
    await ack();
    if (answer.say) tellLater(event as Kept, answer.say);
  });
}

type Kept = Extract<ChatEvent, { kind: 'message' | 'action' }>;

/** `receiver`, whose every delivery goes through `keep` before Bolt sees it; a delivery that `keep` rejects is not acknowledged. */
function keptFirst(receiver: Receiver, keep: (body: Record<string, unknown>) => Promise<void>): Receiver {
  return {
    init: app =>
      receiver.init(
        Object.create(app, {
          processEvent: {
            value: async (event: Parameters<typeof app.processEvent>[0]) => {
              await keep(event.body);
              await app.processEvent(event);
            },
          },
        }),
      ),
    start: (...args) => receiver.start(...args),
    stop: (...args) => receiver.stop(...args),
  };
}
