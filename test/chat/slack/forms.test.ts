// A form that takes its time, that is not there any more, or that cannot be kept: whoever pressed sees in the modal what came of it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatHandlers, Form } from '../../../src/chat/chat.ts';
import { pressOf } from '../../../src/chat/slack/face/press.ts';
import { Refusal } from '../../../src/problem.ts';
import { until } from '../../support/room.ts';
import { elementsOf } from '../../support/slack/eyes.ts';
import { statesOf } from '../../support/slack/states.ts';
import { type Opened, openTestSlack } from './opened.ts';

describe('forms in Slack', () => {
  let t: Opened;
  let formFor: ChatHandlers['formFor'];
  const form: Form = {
    title: 'Say more',
    action: 'more',
    value: '7',
    submit: 'Send',
    fields: [{ name: 'why', label: 'Why', multiline: true }],
  };

  beforeEach(async () => {
    formFor = async () => form;
    t = await openTestSlack({ start: false });
    await t.chat.start({
      onEvent: async event => {
        const ack = await t.answer(event);
        t.events.push(event);
        return ack;
      },
      formFor: press => formFor(press),
    });
  });
  afterEach(() => t.close());

  /** The button is pressed; gives the message that it stands on. */
  async function press() {
    const buttons = [{ label: 'Say more', action: 'ask', value: '7', form: true as const }];
    const at = await t.chat.post({ key: 'f', place: { channel: t.team.id }, card: { title: 'f', parts: [{ buttons }] } });
    const id = t.slack.team.idOf(at.id)!;
    for (const block of t.slack.team.extraOf(id).blocks ?? []) {
      const element = elementsOf(block).find(each => pressOf({ actions: [each as never] })?.form);
      if (element) await t.slack.hands.press(t.ann.room, id, { block_id: String(block.block_id), element });
    }
    return at;
  }
  const top = () => t.slack.views.top(t.ann.room);
  const seen = () => JSON.stringify(top() ?? {});

  it('opens at once, also when what is in it takes longer than the trigger lives', async () => {
    let fill: ((form: Form) => void) | undefined;
    formFor = () => new Promise(resolve => (fill = resolve));
    await press();
    await until(() => seen().includes('on its way'), 'a view that says so');
    (await until(() => fill, 'the question for the form'))(form);
    await until(() => seen().includes('"Why"'), 'the form');
    expect(t.events.filter(({ kind }) => kind === 'action')).toEqual([]);
  });

  it('a press that reaches us after its three seconds: whoever pressed reads that, and presses again', async () => {
    t.slack.faults.onCall('views.open', { error: 'expired_trigger_id' });
    await press();
    const alone = () => [...t.slack.team.state.messages.values()].filter(({ onlyFor }) => onlyFor === t.ann.room);
    await until(() => alone().some(({ markdown }) => /within three seconds of the press/.test(markdown)), 'the sentence');
    expect(top()).toBeUndefined();
    await press();
    await until(() => seen().includes('"Why"'), 'the form');
    expect(t.unhandled).toEqual([]);
  });

  it('who closes the view before its form is there is no problem of anybody', async () => {
    let fill: ((form: Form) => void) | undefined;
    formFor = () => new Promise(resolve => (fill = resolve));
    await press();
    const give = await until(() => fill, 'the question for the form');
    await until(() => top(), 'the view');
    t.slack.views.clear(t.ann.room);
    give(form);
    await until(() => t.slack.calls.some(({ method }) => method === 'views.update'), 'the form to come too late');
    await until(() => t.slack.delivery.isIdle(), 'everything to be over');
    expect(t.problems).toEqual([]);
  });

  it('there is no form any more: a sentence stands there', async () => {
    formFor = async () => undefined;
    await press();
    await until(() => seen().includes('nothing to fill in'), 'the sentence');
  });

  it('who may not have it reads why; a bug is one sentence and known to the operator', async () => {
    formFor = async () => {
      throw new Refusal('slack.fix.archived');
    };
    await press();
    await until(() => seen().includes('archived'), 'the refusal');
    formFor = async () => {
      throw new Error('no such column');
    };
    await press();
    await until(() => seen().includes('Something went wrong'), 'the sentence');
    expect(seen()).not.toContain('no such column');
    expect(t.problems).toContain('bug');
    expect(t.unhandled).toEqual([]);
  });

  it('what was typed and cannot be kept stays in the form', async () => {
    const at = await press();
    const view = await until(() => (seen().includes('"Why"') ? top() : undefined), 'the form');
    t.answer = async () => {
      throw new Error('the database is down');
    };
    const typed = statesOf(view.blocks, () => ({ value: 'because of the wind' }));
    const errors = await t.slack.hands.submit(t.ann.room, view, typed);
    expect(Object.values(errors ?? {})).toEqual([expect.stringMatching(/could not note that/)]);
    t.answer = async () => ({});
    expect(await t.slack.hands.submit(t.ann.room, view, typed)).toBeUndefined();
    expect(t.events.filter(({ kind }) => kind === 'action')).toMatchObject([
      { ref: at, action: 'more', value: '7', fields: { why: 'because of the wind' } },
    ]);
  });
});
