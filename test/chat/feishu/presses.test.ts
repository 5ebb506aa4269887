// A press that asks for a form, and somebody who gets none: they read why at once, and nothing is kept.
import { expect, it } from 'vitest';
import { settingsButton } from '../../../src/bot/run/settings-button.ts';
import type { ChatEvent } from '../../../src/chat/chat.ts';
import { buttonElement, openNames } from '../../../src/chat/feishu/face/button.ts';
import { answerPress } from '../../../src/chat/feishu/presses.ts';
import { openToasts } from '../../../src/chat/feishu/toasts.ts';
import type { Pressed } from '../../../src/chat/feishu/wire.ts';
import { Refusal } from '../../../src/problem.ts';

const behaviors = buttonElement(settingsButton('zh', 7), openNames()).behaviors as { value: object }[];
const press = {
  event_id: 'e1',
  operator: { open_id: 'ou_1' },
  context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
  action: { tag: 'button', value: behaviors[0].value },
} as unknown as Pressed;

it('a refusal is a toast in their language; what is no refusal goes on to whoever counts faults', async () => {
  const kept: ChatEvent[] = [];
  const cards: object[] = [];
  const privately = {
    postPrivately: async () => {},
    sendCard: async (_key: string, _person: string, _chat: unknown, card: object) => void cards.push(card),
  };
  const answer = (problem: Error) =>
    answerPress(
      press,
      {
        onEvent: async event => {
          kept.push(event);
          return {};
        },
        formFor: async ({ action, value }) => {
          expect([action, value]).toEqual(['start-with', '7']);
          throw problem;
        },
      },
      { privately, toasts: openToasts(), lang: 'zh' },
    );
  expect(await answer(new Refusal('run.waits-no-more'))).toEqual({
    toast: { type: 'error', content: '这次训练已经不在等待：它已经开始、取消或结束了。' },
  });
  await expect(answer(new Error('no such column'))).rejects.toThrow('no such column');
  expect([kept, cards]).toEqual([[], []]);
});
