// What test/contracts/chat.ts needs to know of Slack: hands and eyes over the fake; the chat itself is opened by whoever tests it.
import type { Chat, Form, MessageRef, Place } from '../../../src/chat/chat.ts';
import { pressOf } from '../../../src/chat/slack/face/press.ts';
import { submissionOf } from '../../../src/chat/slack/face/view.ts';
import { SIGNS } from '../../../src/chat/slack/signs.ts';
import type { ChatUnderTest } from '../../contracts/chat.ts';
import { drawn, elementsOf } from './eyes.ts';
import { type FakeSlack, openFakeSlack, type SlackOptions } from './fake.ts';
import { fieldsOf, nextModal, send } from './forms.ts';
import { roomId, slackId } from './ids.ts';
import { messageJson } from './message.ts';
import type { Json } from './team.ts';

/** A chat that is open, not started; `close` ends it as the end of its process would. */
export type Opened = { chat: Chat; close(): Promise<void> };

/** Slack gives up an acknowledgement soon and sends again soon, so that tests need not wait for minutes. */
const QUICK: SlackOptions = { ackMs: 1_500, retriesMs: [50, 200, 500] };

/**
 * `open` connects a chat to the fake (Socket Mode: its tokens and apiUrl; HTTP: also `fake.pushTo(url)` where its receiver listens), and is called
 * again after each restart. In a thread people mention the bot where elsewhere they would type a slash command: Slack has none there.
 */
export async function openSlackUnderTest(
  open: (fake: FakeSlack) => Promise<Opened>,
  options: SlackOptions = {},
): Promise<ChatUnderTest & { fake: FakeSlack }> {
  const fake = await openFakeSlack({ ...QUICK, ...options });
  const { team, hands, views } = fake;
  const [ann, ben, cem] = [await hands.person('Ann'), await hands.person('Ben'), await hands.person('Cem')];
  const [place] = [...team.state.channels.values()].filter(({ kind }) => kind === 'open');
  for (const person of [ann, ben]) await hands.membership(person, place.id, true);
  const foreign = await hands.channel(cem, 'elsewhere', { members: [cem] });
  let opened = await open(fake);

  const here = ({ channel, thread }: Place) => ({ channel: roomId(channel), ...(thread && { thread: team.idOf(thread) }) });
  const message = ({ id }: MessageRef) => team.idOf(id) ?? id;
  const ref = (id: string): MessageRef => ({ channel: slackId(team.state.messages.get(id)!.channel), id: team.ts(id) });

  function buttonOf(id: string, action: string, value: string) {
    const blocks = team.extraOf(id).blocks ?? [];
    for (const block of blocks) {
      for (const element of elementsOf(block)) {
        const press = pressOf({ actions: [element as Json & { type: string; action_id: string }] });
        if (press?.action === action && press.value === value) return { block_id: String(block.block_id), element };
      }
    }
    throw new Error(`no button ${action} ${value} on ${JSON.stringify(blocks)}`);
  }

  return {
    fake,
    get chat() {
      return opened.chat;
    },
    place: { channel: slackId(place.id) },
    foreign: { channel: slackId(foreign) },
    people: { ann: slackId(ann), ben: slackId(ben) },
    async say(person, at, text, file) {
      const slash = text.startsWith('/') && !file;
      const typed = slash && at.thread ? `@apprentice ${text}` : text;
      const id = await hands.say(roomId(person), here(at), typed, file ? [file] : []);
      return slash && !at.thread ? undefined : ref(id);
    },
    async press(person, at, action, value, fields) {
      const view = views.top(roomId(person));
      if (view && submissionOf(view)?.action === action) {
        const fieldErrors = await send(fake, roomId(person), view, fields ?? {});
        return fieldErrors ? { fieldErrors } : {};
      }
      await hands.press(roomId(person), message(at), buttonOf(message(at), action, value));
      return {};
    },
    async askForm(person, at, action, value): Promise<Form | undefined> {
      const user = roomId(person);
      await hands.press(user, message(at), buttonOf(message(at), action, value));
      const view = await nextModal(fake, user);
      const submission = submissionOf(view);
      if (!submission) return undefined;
      const inputs = (fieldsOf(view) ?? []).map(({ name, label, element }) => ({
        name,
        label,
        multiline: Boolean(element.multiline),
        initial: element.initial_value as string | undefined,
      }));
      const { title, submit } = view as unknown as { title: { text: string }; submit: { text: string } };
      return { title: title.text, action: submission.action, value: submission.value, submit: submit.text, fields: inputs };
    },
    edit: async (person, at, text) => void (await hands.edit(roomId(person), message(at), text)),
    remove: async (person, at) => void (await hands.remove(roomId(person), message(at))),
    removeBotMessage: at => hands.removeAny(message(at)),
    approve: async (person, at, on) => void (await hands.react(roomId(person), message(at), '✅', on)),
    async sees(person, at) {
      const { channel, thread } = here(at);
      const names = { person: (id: string) => team.personOf(id).name, channel: (id: string) => team.channelOf(id).name };
      return [...team.state.messages.values()]
        .filter(each => each.channel === channel && each.thread === thread && !each.deleted)
        .filter(({ onlyFor }) => !onlyFor || onlyFor === roomId(person))
        .map(each => ({
          id: team.ts(each.id),
          text: drawn(messageJson(team, each), names).text,
          private: Boolean(each.onlyFor),
          signs: signsOf(each.reactions, team.state.bot),
        }));
    },
    async restart() {
      await opened.close();
      opened = await open(fake);
      return opened.chat;
    },
    async close() {
      await opened.close();
      await fake.close();
    },
  };
}

/** The bot's own reactions, by what they mean. */
export const signsOf = (reactions: Record<string, string[]>, bot: string): string[] =>
  Object.entries(SIGNS).flatMap(([sign, name]) => (reactions[name]?.includes(bot) ? [sign] : []));
