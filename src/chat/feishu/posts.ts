// The bot's messages: cards, made once and edited in place. The row of a post, where its ref is kept, says which message is its. Where an
// answer was lost it does not: for an hour the same uuid gives back the same message, and after that it is looked for (said-before.ts).
import { createHash } from 'node:crypto';
import { openTurns } from '../../in-turn.ts';
import { bounded } from '../bounded.ts';
import type { Card, MessageRef, OutgoingPost, Place } from '../chat.ts';
import { RetryLater, TooLong } from '../errors.ts';
import type { Api } from './api.ts';
import type { ChatPaces } from './chat-paces.ts';
import { means } from './codes.ts';
import { aboutChat } from './face/button.ts';
import { type FeishuCard, feishuCard, type TextFile } from './face/card.ts';
import { marked, openSaidBefore } from './said-before.ts';
import type { Draw } from './upload.ts';
import { openUpload } from './upload.ts';

/** im/v1/message/create: the same uuid is the same message for an hour. */
const UUID_HOLDS_MS = 3_600_000;
/** Before that is over by Feishu's clock. */
const UUID_SURE_MS = UUID_HOLDS_MS - 5 * 60_000;
/** Progress is shown every so often; 5 edits a second are the vendor's limit for one message. */
const PROGRESS_EVERY_MS = 2_000;
/** A card and what belongs below it. More is no message any more. */
const MOST_CARDS = 10;
const REMEMBERED = 10_000;
/** A message can be taken away under our hands as often as that before we give up. */
const MOST_ANEW = 5;

/** `open_id`: a direct message to that person. */
export type Target = Place | { person: string };

export type Posts = {
  post(post: OutgoingPost): Promise<MessageRef>;
  /** As post, to one person or into a thread of theirs; again under its key it is brought up to date. `about`: the chat that its buttons are about. */
  tell(key: string, target: Target, card: Card, about?: string): Promise<void>;
  /** A card that is made already (a form): under one key it is sent once. */
  sendCard(key: string, target: Target, card: object): Promise<void>;
};

export function openPosts(api: Api, { paced, draw }: { paced: ChatPaces; draw?: Draw }): Posts {
  const { client, send, clock, lang } = api;
  const startedAt = clock.now();
  const upload = openUpload(api, draw);
  const known = bounded<string, string>(REMEMBERED);
  /** when the message of a key may have been made first by us */
  const tried = bounded<string, number>(REMEMBERED);
  const editedAt = bounded<string, number>(REMEMBERED);
  const sentFiles = bounded<string, true>(REMEMBERED);
  const inTurn = openTurns();
  const saidBefore = openSaidBefore(api, startedAt);

  async function edit(id: string, content: object): Promise<void> {
    await send(() => client.im.v1.message.patch({ path: { message_id: id }, data: { content: JSON.stringify(content) } }));
    editedAt.set(id, clock.now());
  }

  type Body = { msg_type: 'interactive' | 'file'; content: string };
  async function create(target: Target, { msg_type, content }: Body, uuid: string): Promise<MessageRef> {
    await paced('person' in target ? target.person : target.channel);
    const data = { msg_type, content, uuid };
    const made = await send(() => {
      if (!('person' in target) && target.thread)
        return client.im.v1.message.reply({ path: { message_id: target.thread }, data: { ...data, reply_in_thread: true } });
      const [receive_id_type, receive_id] =
        'person' in target ? (['open_id', target.person] as const) : (['chat_id', target.channel] as const);
      return client.im.v1.message.create({ params: { receive_id_type }, data: { ...data, receive_id } });
    });
    return { channel: made?.chat_id ?? ('person' in target ? undefined : target.channel), id: made?.message_id ?? '' };
  }

  /** Makes the message of `key`. Feishu may give back the one that was made under it before, which then has to be brought up to date. */
  async function say(key: string, target: Target, content: object, gone?: string): Promise<MessageRef> {
    const first = tried.get(key);
    const fresh = gone === undefined && first === undefined && clock.now() - startedAt > UUID_HOLDS_MS;
    const found = fresh || gone !== undefined ? undefined : await foundAgain(key, target, first);
    tried.set(key, first ?? clock.now());
    // As if it had been known: it is brought up to date, or what is gone is said anew.
    if (found !== undefined) {
      known.set(key, found);
      return put(key, target, content);
    }
    let name = gone === undefined ? key : `${key} after ${gone}`;
    for (let anew = 0; ; anew++) {
      const ref = await create(target, { msg_type: 'interactive', content: JSON.stringify(content) }, uuidOf(name));
      // Noted before the edit, which may fail for longer than the uuid holds.
      known.set(key, ref.id);
      try {
        if (!fresh || anew > 0) await edit(ref.id, content);
        return ref;
      } catch (error) {
        if (!means(error, 'gone', 'old') || anew >= MOST_ANEW) throw error;
        name = `${key} after ${ref.id}`;
      }
    }
  }

  /**
   * The message of `key` that was made so long ago that its uuid may be forgotten: by an earlier process, or by this one at `first`. In a
   * direct chat that only its person names nothing can be looked for.
   */
  async function foundAgain(key: string, target: Target, first: number | undefined): Promise<string | undefined> {
    if ('person' in target || (first !== undefined && clock.now() - first < UUID_SURE_MS)) return undefined;
    return saidBefore.find(key, target, first);
  }

  /** The message of `key` looks like `card`: the one at `at`, else the one known by its key, else a new one. */
  async function put(key: string, target: Target, card: object, at?: MessageRef): Promise<MessageRef> {
    const content = marked(card, key);
    const id = at?.id ?? known.get(key);
    let gone: string | undefined;
    if (id !== undefined) {
      try {
        await edit(id, content);
        return { ...('person' in target ? {} : { channel: target.channel }), ...at, id };
      } catch (error) {
        if (at || !means(error, 'gone', 'old')) throw error;
        gone = id;
      }
    }
    return say(key, target, content, gone);
  }

  /** With the native chart, and where this Feishu does not take that, with a picture of the curve. */
  async function withCurve<T>(card: Card, run: (faces: FeishuCard) => Promise<T>): Promise<T> {
    try {
      return await run(facesOf(card));
    } catch (error) {
      const picture = means(error, 'card') ? await upload.curve(card) : undefined;
      if (picture === undefined) throw error;
      return run(facesOf(card, picture));
    }
  }

  function facesOf(card: Card, picture?: string): FeishuCard {
    const faces = feishuCard(card, { lang, ...(picture !== undefined && { picture }) });
    if (faces.rest.length >= MOST_CARDS) throw new TooLong(Object.keys(card.parts[0] ?? { title: '' })[0]);
    return faces;
  }

  /** What does not fit into one card, complete, below it. */
  async function putRest(key: string, below: Target, { rest, files }: FeishuCard): Promise<void> {
    for (const [i, content] of rest.entries()) await put(`${key} rest ${i}`, below, content);
    for (const file of files) await putFile(key, below, file);
  }

  async function putFile(key: string, below: Target, file: TextFile): Promise<void> {
    const name = uuidOf(`${key} file ${file.name} ${file.text}`);
    if (sentFiles.get(name)) return;
    const file_key = await upload.file(file);
    await create(below, { msg_type: 'file', content: JSON.stringify({ file_key }) }, name);
    sentFiles.set(name, true);
  }

  const post = ({ key, place, at, card }: OutgoingPost): Promise<MessageRef> =>
    inTurn(key, async () => {
      const id = at?.id ?? known.get(key);
      const since = clock.now() - (editedAt.get(id ?? '') ?? 0);
      // Nobody waits behind progress: the sender comes back with what it looks like by then.
      if (card.parts.some(part => 'progress' in part) && since < PROGRESS_EVERY_MS) throw new RetryLater(PROGRESS_EVERY_MS - since);
      return withCurve(card, async faces => {
        const ref = await put(key, place, faces.card, at);
        await putRest(key, { channel: place.channel, thread: place.thread ?? ref.id }, faces);
        return ref;
      });
    });

  const tell = (key: string, target: Target, card: Card, about?: string): Promise<void> =>
    inTurn(key, () =>
      withCurve(card, async faces => {
        await put(key, target, about === undefined ? faces.card : aboutChat(faces.card, about));
        await putRest(key, target, faces);
      }),
    );

  async function sendCard(key: string, target: Target, card: object): Promise<void> {
    await create(target, { msg_type: 'interactive', content: JSON.stringify(card) }, uuidOf(key));
  }

  return { post, tell, sendCard };
}

/** At most 50 characters, whatever the key. */
export const uuidOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 40);
