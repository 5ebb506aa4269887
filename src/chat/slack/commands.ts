// A slash command, a press and a sent form, as the chat's events. None of them has an event_id: the trigger's id is as good.
import type { ChatEvent, Place } from '../chat.ts';
import { type NameOf, toMarkdown } from './face/markdown.ts';
import { readHandle, replyHandle } from './reply-handle.ts';

export type CommandBody = {
  text?: string;
  user_id: string;
  channel_id: string;
  channel_name?: string;
  response_url?: string;
  trigger_id: string;
};

/** Whatever an admin calls the command, to the product it is /finetune. Slack knows no command in a thread. */
export function commandEvent(body: CommandBody, nameOf: NameOf): ChatEvent {
  const { text = '', user_id, channel_id, response_url, trigger_id } = body;
  const place = { channel: channel_id };
  const typed = toMarkdown({ text }, nameOf).trim();
  return {
    key: `command:${trigger_id}`,
    at: new Date(),
    kind: 'message',
    person: user_id,
    place,
    text: `/finetune ${typed}`.trim(),
    reply: replyHandle(place, response_url),
    files: [],
  };
}

export type PressBody = {
  user: { id: string };
  trigger_id: string;
  response_url?: string;
  channel?: { id: string };
  container?: { channel_id?: string; message_ts?: string; thread_ts?: string; is_ephemeral?: boolean };
  message?: { ts?: string; thread_ts?: string };
  actions: { action_ts?: string }[];
};

/** Where a press happened: its message, the place that the message stands in, and the handle to answer by. */
export function placeOfPress({ channel, container, message, response_url }: PressBody): { id: string; place: Place; reply: string } {
  const id = container?.message_ts ?? message?.ts ?? '';
  const root = container?.thread_ts ?? message?.thread_ts;
  const place = { channel: container?.channel_id ?? channel?.id ?? '', ...(root && root !== id && { thread: root }) };
  return { id, place, reply: replyHandle({ ...place, ...(container?.is_ephemeral && { alone: true }) }, response_url) };
}

type Press = { action: string; value: string; fields: Record<string, string> };

export function pressEvent(body: PressBody, { action, value, fields }: Press): ChatEvent {
  const { id, place, reply } = placeOfPress(body);
  return {
    key: `press:${body.trigger_id}`,
    at: new Date(),
    kind: 'action',
    person: body.user.id,
    ref: { channel: place.channel, id },
    action,
    value,
    reply,
    fields,
  };
}

/** What a form takes with it from its button to its sending: Slack tells neither channel nor message then. */
export const carriedOf = (body: PressBody): string => {
  const { id, reply } = placeOfPress(body);
  return JSON.stringify({ id, reply });
};

export type ViewBody = { user: { id: string }; trigger_id?: string; view: { id: string; hash?: string } };

export function submissionEvent(body: ViewBody, { action, value, fields, carried }: Press & { carried: string }): ChatEvent {
  const { id = '', reply } = readCarried(carried);
  return {
    key: `form:${body.trigger_id ?? `${body.view.id}:${body.view.hash}`}`,
    at: new Date(),
    kind: 'action',
    person: body.user.id,
    ref: { channel: readHandle(reply).channel, id },
    action,
    value,
    ...(reply && { reply }),
    fields,
  };
}

function readCarried(carried: string): { id?: string; reply?: string } {
  try {
    return JSON.parse(carried) ?? {};
  } catch {
    return {};
  }
}
