// What every chat must do, whichever platform is behind it: run by each adapter's tests.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ack, Card, Chat, ChatEvent, ChatHandlers, Form, MessageRef, Place } from '../../src/chat/chat.ts';
import { Gone, NotAllowed, TooLong } from '../../src/chat/errors.ts';
import { until } from '../support/room.ts';

/** One chat under test, with the hands of the people in it and the eyes of anybody. Ids are the platform's own. */
export type ChatUnderTest = {
  chat: Chat;
  /** an open channel that the bot is in, and one that it is not in */
  place: Place;
  foreign: Place;
  people: { ann: string; ben: string };
  /** What a person does. */
  say(person: string, place: Place, text: string, file?: { name: string; bytes: Uint8Array }): Promise<MessageRef | undefined>;
  press(person: string, at: MessageRef, action: string, value: string, fields?: Record<string, string>): Promise<Ack>;
  askForm(person: string, at: MessageRef, action: string, value: string): Promise<Form | undefined>;
  edit(person: string, at: MessageRef, text: string): Promise<void>;
  /** The platform tells nobody of an edit: it is found at the next look. */
  editsAreSilent?: true;
  remove(person: string, at: MessageRef): Promise<void>;
  /** The bot's message is taken away by somebody who may. */
  removeBotMessage(at: MessageRef): Promise<void>;
  approve(person: string, at: MessageRef, on: boolean): Promise<void>;
  /** What a person sees in a place, oldest first, as plain text. */
  sees(person: string, place: Place): Promise<{ id: string; text: string; private: boolean; signs: string[] }[]>;
  /** The process ends (as far as the platform can tell) and comes back: the same chat, not started yet. */
  restart(): Promise<Chat>;
  close(): Promise<void>;
};

const card = (text: string): Card => ({ title: text, parts: [{ markdown: `about *${text}*` }] });
const LONG_AGO = new Date(0);
const LATER = new Date(Date.now() + 3_600_000);

export function chatContract(name: string, open: () => Promise<ChatUnderTest>): void {
  describe(`${name}: the chat contract`, () => {
    let t: ChatUnderTest;
    let events: ChatEvent[];
    let answer: (event: ChatEvent) => Promise<Ack>;
    const handlers: ChatHandlers = {
      onEvent: async event => {
        const ack = await answer(event);
        events.push(event);
        return ack;
      },
      formFor: async ({ action, value }) =>
        action === 'ask'
          ? { title: 'Say more', action: 'more', value, submit: 'Send', fields: [{ name: 'why', label: 'Why', multiline: true }] }
          : undefined,
    };
    const heard = (kind: ChatEvent['kind']) => events.filter(event => event.kind === kind);
    const message = () => until(() => events.findLast(event => event.kind === 'message'), 'a message event');

    beforeEach(async () => {
      events = [];
      answer = async () => ({});
      t = await open();
      await t.chat.start(handlers);
    });
    afterEach(() => t.close());

    describe('posts', () => {
      it('the same key twice is one message, as it was last said', async () => {
        const first = await t.chat.post({ key: 'run:1', place: t.place, card: card('first') });
        const again = await t.chat.post({ key: 'run:1', place: t.place, card: card('second') });
        expect(again.id).toBe(first.id);
        const seen = (await t.sees(t.people.ann, t.place)).filter(({ id }) => id === first.id);
        expect(seen).toHaveLength(1);
        expect(seen[0].text).toContain('second');
        expect(seen[0].text).not.toContain('first');
      });

      it('the same key at the same moment is one message', async () => {
        const refs = await Promise.all([1, 2, 3].map(i => t.chat.post({ key: 'run:2', place: t.place, card: card(`t${i}`) })));
        expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
        expect(await t.sees(t.people.ann, t.place)).toHaveLength(1);
      });

      it('edits in place, and the same key after a restart is still the same message', async () => {
        const at = await t.chat.post({ key: 'run:3', place: t.place, card: card('one') });
        expect((await t.chat.post({ key: 'run:3', place: t.place, at, card: card('two') })).id).toBe(at.id);
        const after = await t.restart();
        await after.start(handlers);
        expect((await after.post({ key: 'run:3', place: t.place, card: card('three') })).id).toBe(at.id);
        const texts = (await t.sees(t.people.ann, t.place)).map(({ text }) => text);
        expect(texts).toHaveLength(1);
        expect(texts[0]).toContain('three');
      });

      it('into a thread', async () => {
        const root = await t.chat.post({ key: 'a', place: t.place, card: card('root') });
        const reply = await t.chat.post({ key: 'b', place: { ...t.place, thread: root.id }, card: card('reply') });
        expect(await t.chat.fetchMessage(reply)).toMatchObject({ thread: root.id, fromBot: true });
        expect((await t.sees(t.people.ben, { ...t.place, thread: root.id })).map(({ id }) => id)).toContain(reply.id);
      });

      it('refuses: a channel or message that is gone, a channel it is not in, a part that is too long', async () => {
        const post = (place: Place, what: Card = card('x')) => t.chat.post({ key: `k${Math.random()}`, place, card: what });
        await expect(post({ channel: 'C-not-there' })).rejects.toBeInstanceOf(Gone);
        await expect(post(t.foreign)).rejects.toBeInstanceOf(NotAllowed);
        await expect(post(t.place, { title: 't', parts: [{ markdown: 'x'.repeat(200_000) }] })).rejects.toBeInstanceOf(TooLong);
        const at = await t.chat.post({ key: 'gone', place: t.place, card: card('soon gone') });
        await t.removeBotMessage(at);
        await expect(t.chat.post({ key: 'gone', place: t.place, at, card: card('edit') })).rejects.toBeInstanceOf(Gone);
        expect(await t.sees(t.people.ann, t.place)).toEqual([]);
      });

      it('a message taken away can be said anew under its key', async () => {
        const at = await t.chat.post({ key: 'again', place: t.place, card: card('one') });
        await t.removeBotMessage(at);
        const anew = await t.chat.post({ key: 'again', place: t.place, card: card('two') });
        expect(anew.id).not.toBe(at.id);
        expect((await t.sees(t.people.ann, t.place)).map(({ id }) => id)).toEqual([anew.id]);
      });

      it('does not edit what a person wrote', async () => {
        const at = (await t.say(t.people.ann, t.place, 'mine'))!;
        await expect(t.chat.post({ key: 'steal', place: t.place, at, card: card('yours') })).rejects.toBeInstanceOf(NotAllowed);
        expect(await t.chat.fetchMessage(at)).toMatchObject({ markdown: 'mine' });
      });
    });

    describe('private messages', () => {
      it('only that person sees them, once', async () => {
        for (let i = 0; i < 2; i++) await t.chat.postPrivately('p:1', { person: t.people.ann, place: t.place }, card('secret'));
        const ann = (await t.sees(t.people.ann, t.place)).filter(({ text }) => text.includes('secret'));
        expect(ann).toHaveLength(1);
        expect(ann[0].private).toBe(true);
        expect((await t.sees(t.people.ben, t.place)).some(({ text }) => text.includes('secret'))).toBe(false);
        for await (const message of t.chat.history(t.place, LONG_AGO, LATER)) expect(message.markdown).not.toContain('secret');
      });

      it('refuses a person who is gone', async () => {
        await expect(t.chat.postPrivately('p:2', { person: 'nobody', place: t.place }, card('x'))).rejects.toBeInstanceOf(Gone);
      });
    });

    describe('what people do', () => {
      it('a mention is a message to the bot, without the mention; talk among people is not', async () => {
        await t.say(t.people.ben, t.place, 'just us two');
        const ref = await t.say(t.people.ann, t.place, '@apprentice how do I ship?');
        const event = await message();
        expect(event).toMatchObject({ kind: 'message', person: t.people.ann, place: t.place, text: 'how do I ship?', ref, files: [] });
        expect(heard('message')).toHaveLength(1);
      });

      it('a slash command is a message, in a thread too', async () => {
        const root = await t.chat.post({ key: 'root', place: t.place, card: card('root') });
        await t.say(t.people.ann, { ...t.place, thread: root.id }, '/finetune start lr=1e-3');
        const event = await message();
        expect(event).toMatchObject({ text: '/finetune start lr=1e-3', place: { ...t.place, thread: root.id } });
        if (event.kind === 'message')
          await t.chat.postPrivately('by-reply', { person: event.person, reply: event.reply }, card('only you'));
        expect((await t.sees(t.people.ann, { ...t.place, thread: root.id })).some(({ text }) => text.includes('only you'))).toBe(true);
      });

      it('a dropped file comes with its bytes; one that is not there is refused', async () => {
        const bytes = Buffer.from('[{"instruction":"a","output":"b"}]');
        await t.say(t.people.ann, t.place, '@apprentice', { name: 'rows.json', bytes });
        const event = await message();
        const [file] = event.kind === 'message' ? event.files : [];
        expect(file).toMatchObject({ name: 'rows.json', bytes: bytes.length });
        expect(Buffer.from(await t.chat.open(file))).toEqual(bytes);
        await expect(t.chat.open({ ...file, id: 'F-not-there' })).rejects.toBeInstanceOf(Gone);
      });

      it('a button is an action; what the bot answers goes to that person only', async () => {
        const buttons: Card = { title: 'vote', parts: [{ buttons: [{ label: 'A', action: 'vote', value: 'A' }] }] };
        const at = await t.chat.post({ key: 'q', place: t.place, card: buttons });
        answer = async () => ({ say: 'A was the tuned one' });
        await t.press(t.people.ben, at, 'vote', 'A');
        await until(() => heard('action').length, 'an action');
        expect(heard('action')).toMatchObject([{ person: t.people.ben, ref: at, action: 'vote', value: 'A', fields: {} }]);
        const told = async (person: string) => (await t.sees(person, t.place)).some(({ text }) => text.includes('tuned one'));
        await until(() => told(t.people.ben), 'the answer');
        expect(await told(t.people.ann)).toBe(false);
      });

      it('a form is asked for, filled in, and sent back when a field is wrong', async () => {
        const at = await t.chat.post({
          key: 'f',
          place: t.place,
          card: { title: 'f', parts: [{ buttons: [{ label: 'Say more', action: 'ask', value: '7', form: true }] }] },
        });
        expect(await t.askForm(t.people.ann, at, 'ask', '7')).toMatchObject({ action: 'more', value: '7', fields: [{ name: 'why' }] });
        answer = async event => (event.kind === 'action' && !event.fields.why ? { fieldErrors: { why: 'say why' } } : {});
        expect(await t.press(t.people.ann, at, 'more', '7', { why: '' })).toEqual({ fieldErrors: { why: 'say why' } });
        expect(await t.press(t.people.ann, at, 'more', '7', { why: 'because' })).toEqual({});
        expect(heard('action').map(event => (event.kind === 'action' ? event.fields.why : ''))).toEqual(['', 'because']);
      });

      it('reactions, edits and deletions touch the message; fetching shows it as it is now', async () => {
        const at = (await t.say(t.people.ann, t.place, 'kite ship'))!;
        await t.approve(t.people.ben, at, true);
        await until(() => heard('touched').length >= 1, 'a touch');
        expect(heard('touched')[0]).toMatchObject({ ref: { id: at.id } });
        expect(await t.chat.fetchMessage(at)).toMatchObject({
          author: t.people.ann,
          approvedBy: [t.people.ben],
          fromBot: false,
          edited: undefined,
        });
        await t.edit(t.people.ann, at, 'kite ship --to sea');
        await t.approve(t.people.ben, at, false);
        const touches = t.editsAreSilent ? 2 : 3;
        await until(() => heard('touched').length >= touches, `${touches} touches`);
        const now = await t.chat.fetchMessage(at);
        expect(now).toMatchObject({ markdown: 'kite ship --to sea', approvedBy: [] });
        expect(typeof now === 'object' && now.edited).toBeInstanceOf(Date);
        await t.remove(t.people.ann, at);
        expect(await t.chat.fetchMessage(at)).toBe('deleted');
      });

      it('what the bot does itself is no event', async () => {
        const at = await t.chat.post({ key: 'own', place: t.place, card: card('@apprentice me') });
        await t.chat.setReaction(at, 'kept', true);
        await t.say(t.people.ann, t.place, '@apprentice last');
        await message();
        expect(events.filter(event => event.kind === 'message' || event.kind === 'touched')).toHaveLength(1);
      });
    });

    describe('delivery', () => {
      it('what was not kept comes again with the same key, after a restart too', async () => {
        const keys: string[] = [];
        answer = async event => {
          if (event.kind === 'message') keys.push(event.key);
          throw new Error('the database is down');
        };
        await t.say(t.people.ann, t.place, '@apprentice remember this');
        await until(() => keys.length >= 2, 'a second delivery');
        const after = await t.restart();
        answer = async () => ({});
        await after.start(handlers);
        const event = await message();
        expect(event).toMatchObject({ text: 'remember this', key: keys[0] });
        expect(new Set(keys).size).toBe(1);
      });

      it('what was kept does not come again', async () => {
        await t.say(t.people.ann, t.place, '@apprentice once');
        await message();
        const after = await t.restart();
        await after.start(handlers);
        await t.say(t.people.ann, t.place, '@apprentice twice');
        await until(() => heard('message').length >= 2, 'the second message');
        expect(heard('message').map(event => (event.kind === 'message' ? event.text : ''))).toEqual(['once', 'twice']);
        expect(new Set(events.map(({ key }) => key)).size).toBe(events.length);
      });

      it('after stop nothing comes', async () => {
        await t.chat.stop();
        const before = events.length;
        await t.say(t.people.ann, t.place, '@apprentice hello?');
        await new Promise(resolve => setTimeout(resolve, 100));
        expect(events).toHaveLength(before);
      });
    });

    it('its own signs are set and taken back; on a message that is gone they are refused', async () => {
      const at = (await t.say(t.people.ann, t.place, 'hi'))!;
      const signs = async () => (await t.sees(t.people.ann, t.place)).find(({ id }) => id === at.id)!.signs;
      await t.chat.setReaction(at, 'seen', true);
      await t.chat.setReaction(at, 'seen', true);
      expect(await signs()).toEqual(['seen']);
      await t.chat.setReaction(at, 'seen', false);
      await t.chat.setReaction(at, 'seen', false);
      expect(await signs()).toEqual([]);
      await t.remove(t.people.ann, at);
      await expect(t.chat.setReaction(at, 'kept', true)).rejects.toBeInstanceOf(Gone);
    });

    it('history is oldest first, thread replies included, within its days', async () => {
      const first = (await t.say(t.people.ann, t.place, 'first'))!;
      await t.say(t.people.ben, t.place, 'second');
      await t.say(t.people.ben, { ...t.place, thread: first.id }, 'a reply');
      const read = async (place: Place, from: Date, to: Date) => {
        const texts: string[] = [];
        for await (const { markdown } of t.chat.history(place, from, to)) texts.push(markdown);
        return texts;
      };
      expect(await read(t.place, LONG_AGO, LATER)).toEqual(['first', 'second', 'a reply']);
      expect(await read({ ...t.place, thread: first.id }, LONG_AGO, LATER)).toEqual(['first', 'a reply']);
      expect(await read(t.place, LATER, new Date(LATER.getTime() + 1))).toEqual([]);
      await expect(read({ channel: 'C-not-there' }, LONG_AGO, LATER)).rejects.toBeInstanceOf(Gone);
    });

    it('people and channels have names; unknown ones are gone', async () => {
      expect(await t.chat.person(t.people.ann)).toMatchObject({ id: t.people.ann, name: 'Ann', bot: false, guest: false });
      expect(await t.chat.channel(t.place.channel)).toMatchObject({ id: t.place.channel, name: 'team', kind: 'open' });
      await expect(t.chat.person('nobody')).rejects.toBeInstanceOf(Gone);
      await expect(t.chat.channel('C-not-there')).rejects.toBeInstanceOf(Gone);
    });
  });
}
