// The local chat's real server on a real room, with a bot that answers: for tests of the page and of what guards it.

import { curveWords } from '../../src/bot/run/curve.ts';
import { drawCurve } from '../../src/bot/run/draw-curve.ts';
import type { Chat, ChatEvent, ChatHandlers } from '../../src/chat/chat.ts';
import { openDesk } from '../../src/chat/local/desk.ts';
import { openLocalChat } from '../../src/chat/local/local.ts';
import type { Draw } from '../../src/web/picture-routes.ts';
import { openWeb, type Web, type WebOptions } from '../../src/web/server.ts';
import { openTestRoom, type TestRoom } from './room.ts';

export type TestWeb = { t: TestRoom; chat: Chat; web: Web; errors: unknown[]; close(): Promise<void>; restart(): Promise<TestWeb> };

const draw: Draw = (curve, lang, look) => drawCurve(curve, curveWords(lang), look);

/** `handlers` gets the chat to answer with; without it the bot keeps everything and says nothing. */
export async function openTestWeb(
  handlers: (chat: Chat) => ChatHandlers = () => ({ onEvent: async () => ({}), formFor: async () => undefined }),
  options: Partial<WebOptions> = {},
  room?: TestRoom,
): Promise<TestWeb> {
  const t = room ?? (await openTestRoom());
  const errors: unknown[] = [];
  const chat = openLocalChat(t.room, { onProblem: error => errors.push(error) });
  await chat.start(handlers(chat));
  const web = await openWeb({
    desk: openDesk(t.room),
    folder: t.folder,
    lang: 'en',
    draw,
    onError: error => errors.push(error),
    ...options,
  });
  const stop = async () => {
    await web.close();
    await chat.stop();
  };
  return {
    t,
    chat,
    web,
    errors,
    async close() {
      await stop();
      await t.remove();
    },
    async restart() {
      await stop();
      return openTestWeb(handlers, options, await t.reopen());
    },
  };
}

/** A bot that says what it heard, with a button; a press counts, and a form asks why. */
export function echoBot(chat: Chat): ChatHandlers {
  let presses = 0;
  const answer = async (event: ChatEvent): Promise<void> => {
    if (event.kind === 'message') {
      const files = await Promise.all(event.files.map(async file => `${file.name}: ${(await chat.open(file)).length} bytes`));
      const said = [event.text, ...files].filter(Boolean).join(' ');
      const buttons = [
        { label: 'Count', action: 'count', value: event.key },
        { label: 'Why?', action: 'why', value: event.key, form: true as const },
      ];
      await chat.post({ key: `echo:${event.key}`, place: event.place, card: { title: 'Heard', parts: [{ markdown: said }, { buttons }] } });
    } else if (event.kind === 'action' && event.action === 'count') {
      presses += 1;
      await chat.post({
        key: `echo:${event.value}`,
        place: { channel: event.ref.channel! },
        card: { title: `Pressed ${presses}`, parts: [] },
      });
    }
  };
  return {
    async onEvent(event) {
      void answer(event);
      if (event.kind !== 'action' || event.action !== 'because') return {};
      return event.fields.why ? { say: `noted: ${event.fields.why}` } : { fieldErrors: { why: 'Say why.' } };
    },
    formFor: async ({ value }) => ({
      title: 'Why?',
      action: 'because',
      value,
      submit: 'Send',
      fields: [{ name: 'why', label: 'The reason', multiline: false }],
    }),
  };
}
