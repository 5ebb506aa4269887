// What a person does in Feishu: says, replies, reacts, edits, recalls, presses, ticks, fills in. As its client would let them.
import type { RoomChannel, RoomPerson } from '../../../src/chat/local/entries.ts';
import { checkCard, type Element, type Json, walk } from './card.ts';
import type { PressToken } from './cards.ts';
import type { Cloud, Wire } from './cloud.ts';
import { contentTyped, parsed } from './content.ts';
import type { Events } from './events.ts';
import { newFeishuId } from './ids.ts';
import { emojiOf } from './reactions.ts';

export type Said = {
  /** a plain text, or with paragraphs and formats (as soon as somebody formats anything) */
  as?: 'text' | 'post';
  replyTo?: string;
  /** in the thread of that message */
  thread?: string;
  at?: number;
};
export type Toast = { person: string; chat: string; message: string; after: number; type: string; text: string };
/** What the client shows after a press. */
export type Pressed = { toast?: { type: string; text: string }; failed?: string };

export type Hands = ReturnType<typeof openHands>;

export function openHands(cloud: Cloud, events: Events, presses: Map<string, PressToken>) {
  const { state, wires, room } = cloud;
  const toasts: Toast[] = [];
  /** What somebody has typed or ticked on a card and not sent yet: `person message` → name → value. */
  const filled = new Map<string, Json>();

  function seen(person: string, id: string) {
    const message = state.messages.get(id);
    const hidden = !message || message.deleted || !room.isIn(person, message.channel) || (message.onlyFor && message.onlyFor !== person);
    if (hidden) throw new Error(`${nameOf(person)} does not see message ${id}`);
    return message;
  }
  const nameOf = (person: string) => state.people.get(person)?.name ?? person;

  function own(person: string, id: string) {
    const message = seen(person, id);
    if (message.author !== person) throw new Error(`${nameOf(person)} did not write message ${id}`);
    return message;
  }

  async function put(person: string, chat: string, wire: Omit<Wire, 'edits'>, { replyTo, thread, at }: Said): Promise<string> {
    if (!room.isIn(person, chat)) throw new Error(`${nameOf(person)} is not in that chat`);
    const parent = replyTo ?? thread;
    const parentWire = parent ? wires.get(seen(person, parent).id) : undefined;
    const inThread = thread ?? (replyTo && state.messages.get(replyTo)!.thread);
    const chain = parent && { parent: inThread ?? parent, root: inThread ?? parentWire?.root ?? parent };
    return cloud.say({ channel: chat, author: person, ...(inThread && { thread: inThread }), ...(at && { at }) }, { ...wire, ...chain });
  }

  function cardOf(person: string, id: string): { card: Json; elements: Element[] } {
    seen(person, id);
    const wire = wires.get(id)!;
    if (wire.type !== 'interactive') throw new Error(`message ${id} is no card`);
    const card = parsed(wire.content);
    return { card, elements: walk((card.body as Json).elements as Element[]) };
  }

  /** The form that holds this element, if one does. */
  function formOf(elements: Element[], element: Element): Element | undefined {
    return elements.find(({ tag, elements: inner }) => tag === 'form' && walk(inner as Element[]).includes(element));
  }

  async function press(person: string, id: string, which: (button: Element) => boolean, typed: Json = {}, before?: Json): Promise<Pressed> {
    const card = before ?? cardOf(person, id).card;
    const elements = walk((card.body as Json).elements as Element[]);
    const button = elements.find(element => element.tag === 'button' && !element.disabled && which(element));
    if (!button) throw new Error(`no such button on: ${wires.get(id)?.content}`);
    const form = formOf(elements, button);
    const action: Json = { tag: 'button', value: callbackValue(button), ...(button.name !== undefined && { name: button.name }) };
    if (form && button.form_action_type === 'submit') action.form_value = formValue(person, id, form, typed);
    return act(person, id, action);
  }

  function formValue(person: string, id: string, form: Element, typed: Json): Json {
    const inputs = walk(form.elements as Element[]).filter(({ tag, name }) => name !== undefined && tag !== 'button');
    const values: Json = { ...filled.get(`${person} ${id}`), ...typed };
    for (const name of Object.keys(typed)) {
      if (!inputs.some(input => input.name === name)) throw new Error(`the form has no field ${name}`);
    }
    const sent = Object.fromEntries(inputs.map(input => [String(input.name), values[String(input.name)] ?? initialOf(input)]));
    const empty = inputs.find(({ name, required }) => required && sent[String(name)] === '');
    if (empty) throw new Error(`the client does not send the form: ${empty.name} is required`);
    return sent;
  }

  async function act(person: string, id: string, action: Json): Promise<Pressed> {
    const token = newFeishuId('press');
    const use: PressToken = { message: id, at: cloud.clock(), uses: 0, answered: false };
    presses.set(token, use);
    const answer = (await events.pressed(person, id, token, action)) as Json | undefined;
    use.answered = true;
    if (answer === undefined) return { failed: 'the app did not answer in time' };
    const wrong = wrongIn(answer);
    if (wrong) return { failed: wrong };
    await changeCard(id, answer.card as Json | undefined);
    const toast = answer.toast as { type?: string; content?: string; i18n?: Record<string, string> } | undefined;
    if (!toast) return {};
    const shown = { type: toast.type ?? 'info', text: toast.content ?? '' };
    toasts.push({ person, chat: state.messages.get(id)!.channel, message: id, after: state.n, ...shown });
    return { toast: shown };
  }

  function wrongIn(answer: Json): string | undefined {
    const unknown = Object.keys(answer).find(name => name !== 'toast' && name !== 'card');
    if (unknown) return `the answer to a press has an unknown property ${unknown}`;
    const toast = answer.toast as Json | undefined;
    if (toast && !['success', 'info', 'warning', 'error', undefined].includes(toast.type as string | undefined))
      return `toast type ${toast.type}`;
    return undefined;
  }

  async function changeCard(id: string, card: Json | undefined): Promise<void> {
    if (!card) return;
    if (card.type !== 'raw') throw new Error('the fake knows cards of type raw only');
    const now = card.data as Json;
    checkCard(cloud, now);
    const shared = (now.config as Json | undefined)?.update_multi === true;
    await cloud.edit(id, cloud.bot.id, { content: JSON.stringify(now), shared });
  }

  return {
    toasts: toasts as readonly Toast[],
    addPerson: (name: string, how?: { guest?: boolean }): Promise<RoomPerson> => cloud.addPerson(name, how),
    /** With the bot in it, unless it is not among `members`. */
    addChat: (by: string, channel: Omit<RoomChannel, 'id'>): Promise<RoomChannel> => cloud.addChat(channel, by),
    direct: (person: string): string => cloud.direct(person)!.id,
    say: (person: string, chat: string, text: string, how: Said = {}): Promise<string> =>
      put(person, chat, contentTyped(cloud, text, how.as ?? 'text'), how),
    async drop(person: string, chat: string, file: { name: string; bytes: Uint8Array }, how: Said = {}): Promise<string> {
      const key = newFeishuId('file');
      cloud.uploads.set(key, { ...file, image: false, byApp: false });
      const content = JSON.stringify({ file_key: key, file_name: file.name });
      return put(person, chat, { type: 'file', content, mentions: [] }, how);
    },
    async dropImage(person: string, chat: string, bytes: Uint8Array, how: Said = {}): Promise<string> {
      const key = newFeishuId('image');
      cloud.uploads.set(key, { bytes, name: 'image', image: true, byApp: false });
      return put(person, chat, { type: 'image', content: JSON.stringify({ image_key: key }), mentions: [] }, how);
    },
    react: async (person: string, id: string, emoji: string): Promise<void> =>
      void (await cloud.react(seen(person, id).id, person, emojiOf(emoji))),
    async unreact(person: string, id: string, emoji: string): Promise<void> {
      const found = [...cloud.reactions].find(([, { message, by, emoji: given }]) => message === id && by === person && given === emoji);
      if (!found) throw new Error(`${nameOf(person)} has not given ${emoji}`);
      await cloud.unreact(found[0]);
    },
    /** Nobody is told. */
    async edit(person: string, id: string, text: string): Promise<void> {
      own(person, id);
      const { type, edits } = wires.get(id)!;
      if (type !== 'text' && type !== 'post') throw new Error(`a message of type ${type} cannot be edited`);
      await cloud.edit(id, person, { ...contentTyped(cloud, text, type), edits: edits + 1 });
    },
    recall: (person: string, id: string): Promise<void> => cloud.recall(own(person, id).id, person),
    /** By somebody who owns the group. */
    recallAsOwner: (person: string, id: string): Promise<void> => cloud.recall(seen(person, id).id, person),
    press,
    pressLabel: (person: string, id: string, label: string, typed?: Json, before?: Json): Promise<Pressed> =>
      press(person, id, button => labelOf(button) === label, typed, before),
    /** Ticks a box, or takes its tick away; a box outside of a form is sent at once. */
    async tick(person: string, id: string, which: (label: string) => boolean, on: boolean): Promise<void> {
      const { elements } = cardOf(person, id);
      for (const box of elements.filter(element => element.tag === 'checker' && which(labelOf(element)))) {
        if (formOf(elements, box)) filled.set(`${person} ${id}`, { ...filled.get(`${person} ${id}`), [String(box.name)]: on });
        else
          await act(person, id, {
            tag: 'checker',
            value: callbackValue(box),
            checked: on,
            ...(box.name !== undefined && { name: box.name }),
          });
      }
    },
    /** Closes every client, and opens one again: a card for one person reaches only those who are there. */
    leave: (person: string) => void cloud.offline.add(person),
    comeBack: (person: string) => void cloud.offline.delete(person),
    async addBot(chat: string, by: string): Promise<void> {
      cloud.outside.delete(chat);
      events.membership(chat, by, true);
    },
    async removeBot(chat: string, by: string): Promise<void> {
      cloud.outside.add(chat);
      events.membership(chat, by, false);
    },
    async disband(chat: string, by: string): Promise<void> {
      events.disbanded(chat, by);
      cloud.disbanded.add(chat);
    },
  };
}

export const labelOf = ({ text }: Element): string => String((text as Json | undefined)?.content ?? '');

/** What a press of it brings to the app. */
export function callbackValue({ behaviors, value }: Element): unknown {
  const callback = ((behaviors as Json[] | undefined) ?? []).find(({ type }) => type === 'callback');
  return callback?.value ?? value;
}

/** What a field holds before anybody has touched it. */
export function initialOf({ tag, default_value, checked, initial_option, selected_values }: Element): unknown {
  if (tag === 'input') return default_value ?? '';
  if (tag === 'checker') return checked ?? false;
  return selected_values ?? initial_option ?? '';
}
