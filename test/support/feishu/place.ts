// Feishu as a place of stories: what a person's client could do and would show, over a fake tenant that a real bot is connected to.
import { sampleRows, sampleStory } from '../../../src/chat/local/sample-team.ts';
import type { Place, Press, Seen, Tape, Where } from '../person.ts';
import { until } from '../room.ts';
import type { Settled, Settling } from '../settle-in.ts';
import type { Json } from './card.ts';
import { parsed } from './content.ts';
import { errorsOn } from './contract.ts';
import { eyesOf, type Look } from './eyes.ts';
import type { FakeFeishu } from './fake.ts';
import { newFeishuId } from './ids.ts';
import { boxesFor, seenOf, textsIn } from './seen.ts';

/** The signs that stories give, by Feishu's names. */
const EMOJIS: Record<string, string> = { '✅': 'DONE', '👍': 'THUMBSUP', '👀': 'GLANCE', '🎉': 'PARTY' };
const MINUTE_MS = 60_000;
const ANSWER_WITHIN_MS = 30_000;

/** How the people of `fake` settle in with the bot whose output this is. `setUp` gets the ids of what is said for that: no story is told of it. */
export function settlingIn(fake: FakeFeishu, setUp: Set<string>, output: () => string): Settling {
  const { hands } = fake;

  /** Says it and waits for a new message of the bot's in that chat; toasts and cards for one person count, too. */
  async function command(person: string, chat: string, text: string, answer = /./s, at?: number): Promise<void> {
    const before = new Set(eyesOf(fake, person).map(({ id }) => id));
    setUp.add(await hands.say(person, chat, text, at === undefined ? {} : { at }));
    const answers = () =>
      eyesOf(fake, person).filter(
        ({ id, author, chat: where, text }) => author === fake.botId && where === chat && !before.has(id) && answer.test(text),
      );
    const answered = await until(
      () => (answers().length > 0 ? answers() : undefined),
      `an answer to ${text.slice(0, 20)}`,
      ANSWER_WITHIN_MS,
    );
    for (const { id } of answered) setUp.add(id);
  }
  return {
    output,
    command: (person, text, answer) => command(person, hands.direct(person), text, answer),
    commandIn: (person, channel, text, at) => command(person, channel, text, undefined, at),
  };
}

export function feishuPlace(fake: FakeFeishu, settled: Settled, setUp: ReadonlySet<string>): Place {
  const { cloud, hands } = fake;
  const { state } = cloud;
  const nameOf = (person: string) => state.people.get(person)!.name;
  let passerBy: string | undefined;
  const channels = () => [...state.channels.values()].filter(({ kind }) => kind === 'open');
  const looks = (as: string) => eyesOf(fake, as);

  /** The messages of the story, with their files: nobody reads on before a file is there that a card names. */
  function story(as: string): Seen[] {
    const all = looks(as);
    return all
      .map(look => ({ look, below: filesBelow(all, look) }))
      .filter(({ look, below }) => !setUp.has(look.id) && namesOfFiles(look).every(name => below.some(file => file.name === name)))
      .map(({ look, below }) => seenOf(fake, { ...look, files: [...look.files, ...below] }));
  }

  function chatOf(as: string, { in: name, thread }: Where): string {
    const wanted = thread?.channel ?? name;
    if (wanted === 'direct') return hands.direct(as);
    const chat =
      wanted === undefined ? channels()[0] : [...state.channels.values()].find(chat => chat.kind !== 'direct' && chat.name === wanted);
    if (!chat) throw new Error(`no chat ${wanted}`);
    return chat.id;
  }

  const seenNow = (as: string, id: string): Seen => seenOf(fake, looks(as).find(look => look.id === id)!);

  async function press(as: string, message: Seen, label: string, { untick, asItWas = false }: Press = {}): Promise<void> {
    if (untick) await hands.tick(as, message.id, box => untick.test(box), false);
    const before = asItWas ? (JSON.parse(message.bytes) as Json) : undefined;
    const { failed } = await hands.pressLabel(as, message.id, label, {}, before);
    if (failed) throw new Error(`“${label}”: ${failed}`);
  }

  /** The form that comes of the press. */
  async function formOf(as: string, message: Seen, label: string): Promise<Look> {
    const before = new Set(looks(as).map(({ id }) => id));
    await press(as, message, label);
    return until(() => looks(as).find(({ id, fields }) => !before.has(id) && fields.length > 0), `the form of “${label}”`);
  }

  /** Whoever comes anew is let in by the others first. */
  async function person(name: string, guest: boolean): Promise<string> {
    const known = [...state.people.values()].find(each => each.name === name);
    if (known) return known.id;
    const { id } = await hands.addPerson(name, { guest });
    if (!guest)
      await settled.arrives(
        id,
        channels().map(chat => chat.id),
      );
    return id;
  }

  return {
    person: (name, guest = false) => person(name, guest),
    async channel(name, purpose) {
      if (channels().some(chat => chat.name === name)) return;
      const by = settled.owner() ?? [...state.people.values()].find(({ bot }) => !bot)!.id;
      const { id } = await hands.addChat(by, { name, kind: 'open', purpose });
      await settled.opens(id);
    },
    async sampleTeam(lang) {
      const newId = (kind: string) => newFeishuId(kind === 'p' ? 'person' : kind === 'm' ? 'message' : 'chat');
      const rows = await sampleRows(lang);
      const story = sampleStory(rows, { lang, by: settled.owner() ?? fake.botId, now: cloud.clock(), newId }, state);
      const begun = Math.min(...story.flatMap(each => (each.kind === 'said' ? [each.message.at] : [])));
      const opened: string[] = [];
      // As the sample team's own story has it, but by hand: people come and are asked, chats are opened, then they talk.
      const ids = new Map<string, string>();
      for (const each of story) {
        if (each.kind === 'joined') ids.set(each.person.id, await person(each.person.name, false));
        else if (each.kind === 'made') {
          const { id, ...channel } = each.channel;
          const made = await hands.addChat(settled.owner()!, channel);
          ids.set(id, made.id);
          opened.push(made.id);
        }
      }
      for (const chat of opened) await settled.opens(chat, begun - MINUTE_MS);
      const known = (id: string) => ids.get(id) ?? id;
      for (const each of story) {
        if (each.kind === 'said') {
          const { id, author, channel, thread, markdown, at } = each.message;
          const how = { at, ...(thread && { thread: known(thread) }) };
          ids.set(id, await hands.say(known(author), known(channel), markdown, how));
        } else if (each.kind === 'reacted') await hands.react(known(each.by), known(each.id), 'DONE');
      }
    },
    async say(as, where, text, files) {
      await settled.about(as, nameOf(as), { text, file: files.length > 0 });
      const chat = chatOf(as, where);
      const how = where.thread ? { thread: where.thread.thread ?? where.thread.id } : {};
      const dropped: string[] = [];
      for (const { name, text: inside } of files) dropped.push(await hands.drop(as, chat, { name, bytes: Buffer.from(inside) }, how));
      // A file has no words of its own; in a group the bot is called in reply to it.
      const alone = state.channels.get(chat)!.kind === 'direct';
      for (const file of dropped) if (!alone) await hands.say(as, chat, `@${cloud.bot.name} ${text}`.trim(), { ...how, replyTo: file });
      return seenNow(as, dropped[0] ?? (await hands.say(as, chat, text, how)));
    },
    react: (as, { id }, sign, on) => (on ? hands.react : hands.unreact)(as, id, EMOJIS[sign] ?? sign),
    press,
    async open(as, message, label) {
      return textsIn((await formOf(as, message, label)).fields);
    },
    async fill(as, message, label, fields) {
      const form = await formOf(as, message, label);
      const { failed } = await hands.press(
        as,
        form.id,
        ({ form_action_type }) => form_action_type === 'submit',
        boxesFor(form.fields, fields),
      );
      if (failed) throw new Error(`“${label}”: ${failed}`);
      const errors = errorsOn(looks(as).find(({ id }) => id === form.id));
      if (Object.keys(errors).length > 0) throw new Error(JSON.stringify(errors));
    },
    /** Feishu tells no bot of an edit. It is found at the next look at the message: a guest, whose ✅ counts for nothing, brings one about. */
    async edit(as, { id }, text) {
      await hands.edit(as, id, text);
      passerBy ??= (await hands.addPerson('Passer-by', { guest: true })).id;
      await hands.react(passerBy, id, 'DONE');
      await hands.unreact(passerBy, id, 'DONE');
    },
    remove: (as, { id }) => hands.recall(as, id),
    messages: async as => story(as),
    record: async as => tapeOf(fake, as),
  };
}

/** A card of ours holds no file: it names it, and the file is a message below. */
const namesOfFiles = ({ text, files }: Look): string[] =>
  files.length > 0 ? [] : [...text.matchAll(/^📎 (.+)$/gm)].map(([, name]) => name);

function filesBelow(all: Look[], card: Look): Look['files'] {
  const names = namesOfFiles(card);
  const later = names.length > 0 ? all.slice(all.indexOf(card) + 1) : [];
  return later
    .filter(({ chat, author, thread }) => chat === card.chat && author === card.author && (thread === card.id || thread === card.thread))
    .flatMap(({ files }) => files.filter(({ name }) => names.includes(name)));
}

/** Everything that is sent to the clients of `as` from now on. */
function tapeOf({ cloud, hands }: FakeFeishu, as: string): Tape {
  const pieces: string[] = [];
  const last = new Map<string, string>();
  const toasts = hands.toasts.length;
  const unwatch = cloud.room.watch(entry => {
    const id = entry.kind === 'said' ? entry.message.id : entry.kind === 'edited' ? entry.id : undefined;
    const message = id === undefined ? undefined : cloud.state.messages.get(id);
    if (!message || !cloud.room.isIn(as, message.channel) || (message.onlyFor && message.onlyFor !== as)) return;
    const piece = JSON.stringify({ id: message.id, ...parsed(cloud.wires.get(message.id)!.content) });
    // An edit that changes nothing is no news to any client.
    if (last.get(message.id) !== piece) pieces.push(piece);
    last.set(message.id, piece);
  });
  return {
    pieces: () => [...pieces, ...hands.toasts.slice(toasts).flatMap(({ person, text }) => (person === as ? [text] : []))],
    stop: unwatch,
  };
}
