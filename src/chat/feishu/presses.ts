// A press on a card: an event with an answer, a button that opens a form, or a form that comes back. The answer goes out within three
// seconds: a toast that only this person sees, another card in the place of this one, or nothing.
import { Refusal } from '../../problem.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Ack, ChatEvent, ChatHandlers, Form, MessageRef } from '../chat.ts';
import { errorsCard, formCard, sentCard, submissionOf } from './face/form.ts';
import { pressOf } from './face/press.ts';
import type { Private } from './private.ts';
import { replyHandle } from './reply-handle.ts';
import type { Toasts } from './toasts.ts';
import type { Pressed } from './wire.ts';

/** Of the vendor's three seconds; keeping the event takes some of the rest. */
const TOAST_WITHIN_MS = 1_200;

type Answer = { toast?: { type: 'info' | 'success' | 'error'; content: string }; card?: { type: 'raw'; data: object } };

/** Rejects where the event could not be kept: Feishu then tells the person that it did not work, and does not send it again. */
export async function answerPress(
  data: Pressed,
  { onEvent, formFor }: ChatHandlers,
  { privately, toasts, lang }: { privately: Private; toasts: Toasts; lang: Lang },
): Promise<Answer> {
  const person = data.operator?.open_id;
  const { open_message_id: id = '', open_chat_id: channel } = data.context ?? {};
  if (!person) return {};
  const key = data.event_id ?? data.token ?? '';
  const base = { key: `press:${key}`, at: new Date(), kind: 'action' as const, person };
  /** Keeps the event; with what there is to say to this person, from the acknowledgement or in the moment after it. */
  async function heard(event: Omit<Extract<ChatEvent, { kind: 'action' }>, keyof typeof base>): Promise<Ack> {
    const answer = toasts.expect(key);
    try {
      const ack = await onEvent({ ...base, ...event });
      return ack.say !== undefined || ack.fieldErrors ? ack : { say: await answer.within(TOAST_WITHIN_MS) };
    } finally {
      void answer.within(0);
    }
  }

  const submitted = submissionOf(data);
  if (submitted) {
    const { action, value, fields, carried } = submitted;
    const at: MessageRef = { id: carried.message, ...(carried.channel !== undefined && { channel: carried.channel }) };
    const here = channel ?? at.channel;
    const reply = here === undefined ? {} : { reply: replyHandle({ place: { channel: here }, press: key }) };
    const ack = await heard({ ref: at, action, value, ...reply, fields });
    // What was sent may have made an end of the form: then there is none to show again.
    const form = await formFor({ person, ref: at, action: carried.action, value: carried.value, ...placed(at) }).catch(problem => {
      if (problem instanceof Refusal) return undefined;
      throw problem;
    });
    if (ack.fieldErrors && form) return { card: raw(errorsCard(form, ack.fieldErrors, fields, carried, lang)) };
    if (ack.fieldErrors) return toast('error', Object.values(ack.fieldErrors).join(' '));
    return { ...(ack.say !== undefined && toast('info', ack.say)), card: raw(sentCard(form?.title ?? '', lang)) };
  }

  const press = pressOf(data);
  if (!press) return {};
  const { action, value, fields, about = channel } = press;
  const meant: MessageRef = { id, ...(about && { channel: about }) };
  let form: Form | undefined;
  try {
    form = press.form ? await formFor({ person, ref: meant, action, value, ...placed(meant) }) : undefined;
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return toast('error', say(lang, problem.problem.code, problem.problem.values));
  }
  if (form) {
    const carried = { message: id, ...(about && { channel: about }), action, value };
    await privately.sendCard(`form:${key}`, person, channel, formCard(form, carried, lang));
    return toast('info', say(lang, 'feishu.form.sent'));
  }
  const reply = channel === undefined ? {} : { reply: replyHandle({ place: { channel }, press: key }) };
  const { say: said } = await heard({ ref: meant, action, value, ...reply, fields });
  return said === undefined ? {} : toast('info', said);
}

const toast = (type: 'info' | 'error', content: string): Answer => ({ toast: { type, content } });
const raw = (data: object) => ({ type: 'raw' as const, data });
const placed = ({ channel }: MessageRef) => (channel === undefined ? {} : { place: { channel } });
