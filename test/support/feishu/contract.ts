// Everything that the chat contract (test/contracts/chat.ts) needs of Feishu but the chat itself: hands, eyes, and the far side.
import type { Ack, Form, MessageRef, Place } from '../../../src/chat/chat.ts';
import type { ChatUnderTest } from '../../contracts/chat.ts';
import { until } from '../room.ts';
import { type Element, type Json, walk } from './card.ts';
import { eyesOf, type Look } from './eyes.ts';
import { type FakeFeishu, type FakeOptions, openFakeFeishu } from './fake.ts';
import { callbackValue, type Pressed } from './hands.ts';

/** The bot's reactions and the sign that each stands for. */
export const SIGNS: Record<string, string> = { Get: 'seen', Pin: 'kept', OnIt: 'working' };
const APPROVAL = 'DONE';

export type FeishuSide = Omit<ChatUnderTest, 'chat' | 'restart' | 'close'> & { fake: FakeFeishu; close(): Promise<void> };

/** A fake Feishu with Ann, Ben and the chat `team`; a private chat of Cem's is the foreign one. */
export async function openFeishuSide(options: FakeOptions = {}): Promise<FeishuSide> {
  const fake = await openFakeFeishu(options);
  const { hands, cloud } = fake;
  const cem = await hands.addPerson('Cem');
  const foreign = await hands.addChat(cem.id, { name: 'private', kind: 'private', purpose: '', members: [cem.id] });
  const refOf = (id: string): MessageRef => ({ channel: cloud.state.messages.get(id)!.channel, id });

  /** A file has no words in Feishu: what is said with it is said in reply to it. */
  async function say(person: string, { channel, thread }: Place, text: string, file?: { name: string; bytes: Uint8Array }) {
    const how = thread ? { thread } : {};
    if (!file) return refOf(await hands.say(person, channel, text, how));
    const dropped = await hands.drop(person, channel, file, how);
    return refOf(await hands.say(person, channel, text, { replyTo: dropped, ...how }));
  }

  const isButton = (action: string, value: string) => (button: Element) => {
    const sent = callbackValue(button) as Json | undefined;
    return (sent?.action === action || sent?.submit === action) && sent.value === value;
  };

  /** The newest card before this person that holds such a button: the one at hand, or a form that came for it. */
  function cardWith(person: string, at: MessageRef, which: (button: Element) => boolean): Look | undefined {
    const cards = eyesOf(fake, person).filter(({ buttons }) => [...buttons.values()].some(which));
    return cards.find(({ id }) => id === at.id) ?? cards.at(-1);
  }

  async function press(person: string, at: MessageRef, action: string, value: string, fields: Record<string, string> = {}): Promise<Ack> {
    const which = isButton(action, value);
    const card = await until(() => cardWith(person, at, which), `a button ${action}`);
    const pressed = await hands.press(person, card.id, which, fields);
    if (pressed.failed) throw new Error(pressed.failed);
    const fieldErrors = errorsOn(eyesOf(fake, person).find(({ id }) => id === card.id));
    return { ...told(pressed), ...(Object.keys(fieldErrors).length > 0 && { fieldErrors }) };
  }

  const told = ({ toast }: Pressed): Ack => (toast ? { say: toast.text } : {});

  async function askForm(person: string, at: MessageRef, action: string, value: string): Promise<Form | undefined> {
    const before = new Set(eyesOf(fake, person).map(({ id }) => id));
    await hands.press(person, at.id, isButton(action, value));
    const form = await until(() => eyesOf(fake, person).find(({ id, fields }) => !before.has(id) && fields.length > 0), 'a form');
    return formIn(form);
  }

  return {
    fake,
    place: { channel: fake.team },
    foreign: { channel: foreign.id },
    people: { ann: fake.person('Ann'), ben: fake.person('Ben') },
    say,
    press,
    askForm,
    edit: (person, { id }, text) => hands.edit(person, id, text),
    remove: (person, { id }) => hands.recall(person, id),
    removeBotMessage: ({ id }) => hands.recallAsOwner(fake.person('Ann'), id),
    approve: (person, { id }, on) => (on ? hands.react(person, id, APPROVAL) : hands.unreact(person, id, APPROVAL)),
    sees: async (person, { channel, thread }) =>
      eyesOf(fake, person)
        .filter(look => look.private || (look.chat === channel && look.thread === thread))
        .map(({ id, text, private: alone, signs }) => ({ id, text, private: alone, signs: signs.map(sign => SIGNS[sign] ?? sign) })),
    close: fake.close,
  };
}

/** The form as the card shows it: boxes of one field, however many, are one. */
function formIn({ text, buttons, fields, content }: Look): Form {
  const [submit] = [...buttons.values()].filter(({ form_action_type }) => form_action_type === 'submit');
  const sent = callbackValue(submit) as { submit?: string; action?: string; value: string };
  const elements = elementsOf(content);
  return {
    title: text.split('\n')[0],
    action: sent.submit ?? sent.action ?? '',
    value: sent.value,
    submit: String((submit.text as Json).content),
    fields: fields
      .filter(({ name }) => !String(name).includes('.'))
      .map(input => ({
        name: String(input.name),
        label: labelAbove(elements, input),
        multiline: input.input_type === 'multiline_text',
        ...(input.default_value !== undefined && { initial: String(input.default_value) }),
      })),
  };
}

/** What stands in red above a field is what is wrong with it. */
export function errorsOn(look: Look | undefined): Record<string, string> {
  if (!look || look.fields.length === 0) return {};
  const errors: Record<string, string> = {};
  let red: string | undefined;
  for (const { tag, content, name } of elementsOf(look.content)) {
    const [, text] = (tag === 'markdown' && /^<font color='red'>(.*)<\/font>$/s.exec(String(content))) || [];
    if (text !== undefined) red = text;
    else if (tag === 'input' && red !== undefined) {
      errors[String(name)] = red;
      red = undefined;
    }
  }
  return errors;
}

const elementsOf = (content: string): Element[] => walk((JSON.parse(content).body as Json).elements as Element[]);

function labelAbove(elements: Element[], input: Element): string {
  const own = (input.label as Json | undefined)?.content;
  const above = elements
    .slice(
      0,
      elements.findIndex(({ name }) => name === input.name),
    )
    .findLast(({ tag, content }) => tag === 'markdown' && !/<font color='red'>/.test(String(content)));
  return String(own ?? above?.content ?? '').replace(/^\*\*(.*)\*\*$/s, '$1');
}
