// Feishu (and Lark, the same product in another cloud): src/chat/chat.ts over its open APIs and its events. The parts are built here and
// handed to each other. A self-built app belongs to one tenant, so its id names the workspace: every open_id is the app's own, and another
// app of the same tenant would know the same people by other ids.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Lang } from '../../words/words.ts';
import type { Chat, ChatHandlers } from '../chat.ts';
import { openApi } from './api.ts';
import { openChatPaces } from './chat-paces.ts';
import { whoAmI } from './connect.ts';
import { openFiles } from './files.ts';
import { openEar } from './hear.ts';
import { type LongConnection, openLongConnection } from './long-connection.ts';
import { openMessages } from './messages.ts';
import { openPeople } from './people.ts';
import { openPosts } from './posts.ts';
import { openPrivate } from './private.ts';
import { openReactions } from './reactions.ts';
import type { Note } from './sdk-log.ts';
import type { Credentials } from './sdk-options.ts';
import { APPROVE } from './signs.ts';
import { installer, missingScopes, offerCommand } from './start.ts';
import { openToasts } from './toasts.ts';
import type { Draw } from './upload.ts';
import { openWebhook } from './webhook.ts';

export type FeishuOptions = Credentials & {
  /** set: events come by webhook to WEBHOOK_PATH; unset: over the long connection */
  encryptKey?: string;
  verificationToken?: string;
  /** emoji_types that approve, instead of DONE and CheckMark */
  approve?: string[];
  /** of what the adapter itself says, and of the cards' own words */
  lang: Lang;
  /** the commands that are said to the bot without a mention; the first one is offered while typing, with this description */
  commands: { name: string; zh: string; en: string }[];
  /** the picture of a curve, for a Feishu that does not take the native chart */
  draw?: Draw;
  /** how long the long connection must have been away for what happened meanwhile to be looked for */
  missedAfterMs?: number;
  note: Note;
};

/** What could not be kept is kept again after so long. */
const KEEP_AGAIN_MS = 1_000;

export const WEBHOOK_PATH = '/feishu/events';

export type FeishuChat = Chat & {
  readonly botName: string;
  /** scopes that are missing; undefined where Feishu does not tell */
  readonly missing: string[] | undefined;
  /** path → who receives there; with the webhook only */
  readonly receivers?: Record<string, (request: IncomingMessage, response: ServerResponse) => void>;
};

/** Tries the credentials first: rejects with a Refusal whose sentence says what to do. */
export async function openFeishu(options: FeishuOptions): Promise<FeishuChat> {
  const { appId, domain, encryptKey, verificationToken, approve = APPROVE, lang, commands, draw, missedAfterMs, note } = options;
  const api = openApi(options, { lang, note });
  const { edge } = api;
  const me = await whoAmI(api);
  const missing = await missingScopes(api);
  const [command] = commands;
  if (command) await offerCommand(api, command.name, command);

  const people = openPeople(api, me);
  const reactions = openReactions(api, approve, me.openId);
  const messages = openMessages(api, reactions);
  const files = openFiles(api);
  const paced = openChatPaces(api.clock);
  const posts = openPosts(api, { paced, draw });
  const toasts = openToasts();
  const privately = openPrivate(api, { posts, people, toasts, paced });
  const ear = openEar(api, { bot: me.openId, commands: commands.map(({ name }) => name), approve }, { files, people, privately, toasts });
  const sending = new Set<Promise<unknown>>();
  let line: LongConnection | undefined;
  let listening = false;

  /** Kept like everything else, however long that takes. */
  async function tellMissed({ onEvent }: ChatHandlers): Promise<void> {
    const at = new Date();
    while (listening) {
      const kept = await onEvent({ key: `missed:${at.getTime()}`, at, kind: 'missed' }).catch(() => note('warn', 'feishu.notKept'));
      if (kept) return;
      await api.clock.sleep(KEEP_AGAIN_MS);
    }
  }

  /** A send that `stop` waits for. */
  function sent<T>(what: string, run: () => Promise<T>): Promise<T> {
    const running = edge(what, run);
    sending.add(running);
    const away = () => void sending.delete(running);
    running.then(away, away);
    return running;
  }

  return {
    platform: domain.includes('larksuite') ? 'lark' : 'feishu',
    workspace: appId,
    editsAreSilent: true,
    botName: me.name,
    missing,
    async start(handlers) {
      ear.listen(handlers);
      listening = true;
      if (encryptKey === undefined) {
        const onMissed = () => void tellMissed(handlers);
        line = await openLongConnection(options, { http: api.http, dispatcher: ear.dispatcher, note, onMissed, missedAfterMs });
      }
      const person = await installer(api);
      // Where it cannot be kept now it is told at the next start.
      if (person)
        await handlers.onEvent({ key: `met:${person}`, at: new Date(), kind: 'met', person }).catch(() => note('warn', 'feishu.notKept'));
    },
    async stop() {
      listening = false;
      await ear.deafen();
      await line?.close();
      line = undefined;
      await Promise.allSettled(sending);
    },
    post: post => sent(`message ${post.key}`, () => posts.post(post)),
    postPrivately: (key, to, card) => sent(`message ${key}`, () => privately.postPrivately(key, to, card)),
    setReaction: (at, sign, on) => sent(`reaction on ${at.id}`, () => reactions.setReaction(at, sign, on)),
    fetchMessage: at => edge(`message ${at.id}`, () => messages.fetch(at)),
    async *history(place, from, until) {
      const pages = messages.history(place, from, until)[Symbol.asyncIterator]();
      for (;;) {
        const next = await edge(`chat ${place.channel}`, () => pages.next());
        if (next.done) return;
        yield next.value;
      }
    },
    open: file => edge(`file ${file.name}`, () => files.open(file)),
    person: id => edge(`person ${id}`, () => people.person(id)),
    channel: id => edge(`chat ${id}`, () => people.channel(id)),
    ...(encryptKey !== undefined && {
      receivers: {
        [WEBHOOK_PATH]: openWebhook({
          encryptKey,
          ...(verificationToken !== undefined && { verificationToken }),
          handle: event => ear.dispatcher.invoke(event, { needCheck: false }),
        }),
      },
    }),
  };
}
