// Everything that Feishu pushes, whichever way it came: kept first, acknowledged then.
import { EventDispatcher } from '@larksuiteoapi/node-sdk';
import type { ChatHandlers } from '../chat.ts';
import type { Api } from './api.ts';
import { EVENTS, eventsOf, type Hearer, saidTo } from './events.ts';
import type { Files } from './files.ts';
import type { People } from './people.ts';
import { answerPress } from './presses.ts';
import type { Private } from './private.ts';
import { sdkLogging } from './sdk-options.ts';
import type { Toasts } from './toasts.ts';
import type { Base, Pressed, Received } from './wire.ts';

export type Ear = {
  dispatcher: EventDispatcher;
  listen(handlers: ChatHandlers): void;
  /** From now on nothing is taken (Feishu keeps it and sends it again); resolves when what was being kept is. */
  deafen(): Promise<void>;
};

/** The dispatcher's handlers reject where an event could not be kept, and so does the transport's answer. */
export function openEar(api: Api, me: Hearer, parts: { files: Files; people: People; privately: Private; toasts: Toasts }): Ear {
  const { note, lang } = api;
  const { files, people, privately, toasts } = parts;
  const keeping = new Set<Promise<unknown>>();
  let handlers: ChatHandlers | undefined;

  async function said(data: Received, { onEvent }: ChatHandlers): Promise<void> {
    const { sender, message, tenant_key } = data;
    const person = sender.sender_id?.open_id;
    if (tenant_key) people.home(tenant_key);
    if (message.chat_type === 'p2p') people.directSeen(message.chat_id);
    if (person) people.seen(person, { chat: message.chat_id, ...(sender.tenant_key && { tenant: sender.tenant_key }) });
    for (const { id, name } of message.mentions ?? []) {
      const mentioned = typeof id === 'string' ? id : id.open_id;
      if (mentioned) people.seen(mentioned, { name, chat: message.chat_id });
    }
    const heard = saidTo(me, data);
    if (!heard) return;
    const { event, file, pointsTo } = heard;
    // A file carries no mention: it is dropped by pointing to it.
    const dropped = file ? await files.attachment(file) : pointsTo && (await files.inMessage(pointsTo));
    await onEvent(dropped ? { ...event, files: [dropped] } : event);
  }

  /** Wraps a handler: counted while it runs, refused while nobody listens, and what goes wrong is noted once and goes back to Feishu. */
  const heard =
    <T extends Base>(type: string, run: (data: T, handlers: ChatHandlers) => Promise<unknown>) =>
    async (data: T): Promise<unknown> => {
      if (!handlers) throw new Error('nobody listens');
      const running = run(data, handlers);
      keeping.add(running);
      try {
        return await running;
      } catch (error) {
        note('warn', 'feishu.notKept', { type, error: error instanceof Error ? error.name : 'unknown' });
        throw error;
      } finally {
        keeping.delete(running);
      }
    };

  const dispatcher = new EventDispatcher(sdkLogging(note));
  const others = EVENTS.map(type => [
    type,
    heard<Base>(type, async (data, { onEvent }) => {
      for (const event of eventsOf(me, type, data)) await onEvent(event);
    }),
  ]);
  dispatcher.register({
    ...Object.fromEntries(others),
    'im.message.receive_v1': heard<Received>('im.message.receive_v1', said),
    'card.action.trigger': heard<Pressed>('card.action.trigger', (data, to) => {
      const { open_id: person, tenant_key: tenant } = data.operator ?? {};
      if (data.tenant_key) people.home(data.tenant_key);
      if (person) people.seen(person, { chat: data.context?.open_chat_id, tenant });
      return answerPress(data, to, { privately, toasts, lang });
    }),
  });

  return {
    dispatcher,
    listen(to) {
      handlers = to;
    },
    async deafen() {
      handlers = undefined;
      await Promise.allSettled(keeping);
    },
  };
}
