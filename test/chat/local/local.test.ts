import { describe, expect, it } from 'vitest';
import { cardToText } from '../../../src/chat/card-text.ts';
import { openLocalChat } from '../../../src/chat/local/local.ts';
import type { Done } from '../../../src/chat/local/room.ts';
import { type ChatUnderTest, chatContract } from '../../contracts/chat.ts';
import { openTestRoom } from '../../support/room.ts';

chatContract('local', openLocal);

async function openLocal(): Promise<ChatUnderTest> {
  let t = await openTestRoom();
  const stranger = await t.room.addPerson('Cem');
  const foreign = { channel: t.room.newId() };
  // A private channel that the bot is not in cannot be made from outside yet; the room itself carries it.
  await t.room.bot(() => ({
    kind: 'joined',
    person: { ...t.room.state.people.get(stranger.id)! },
    direct: { id: foreign.channel, name: 'private', kind: 'private', purpose: '', members: [stranger.id] },
  }));
  let chat = openLocalChat(t.room);
  const ref = ({ entry }: Done) => (entry.kind === 'said' ? { channel: entry.message.channel, id: entry.message.id } : undefined);
  return {
    get chat() {
      return chat;
    },
    place: t.team,
    foreign,
    people: { ann: t.person('Ann'), ben: t.person('Ben') },
    async say(person, place, text, file) {
      const files = file ? [await t.room.keepFile(file.name, 'application/json', file.bytes)] : [];
      return ref(await t.room.say(person, place, text, files));
    },
    press: async (person, { id }, action, value, fields) => (await t.room.press({ person, message: id, action, value, fields })).heard,
    askForm: (person, { id }, action, value) => t.room.formFor({ person, message: id, action, value }),
    edit: async (person, { id }, text) => void (await t.room.edit(person, id, text)),
    remove: async (person, { id }) => void (await t.room.remove(person, id)),
    removeBotMessage: ({ id }) => t.room.bot(({ bot }) => ({ kind: 'deleted', id, by: bot })),
    approve: async (person, { id }, on) => void (await t.room.react(person, id, '✅', on)),
    sees: async (person, { channel, thread }) =>
      [...t.room.state.messages.values()]
        .filter(message => message.channel === channel && message.thread === thread && !message.deleted)
        .filter(({ onlyFor }) => !onlyFor || onlyFor === person)
        .map(({ id, card, markdown, onlyFor, reactions }) => ({
          id,
          text: card ? cardToText(card) : markdown,
          private: Boolean(onlyFor),
          signs: Object.keys(reactions),
        })),
    async restart() {
      await chat.stop();
      t = await t.reopen();
      chat = openLocalChat(t.room);
      return chat;
    },
    async close() {
      await chat.stop();
      await t.remove();
    },
  };
}

describe('the local chat', () => {
  it('a direct message needs no mention, and a dropped file of examples neither', async () => {
    const t = await openTestRoom();
    const texts: string[] = [];
    const chat = openLocalChat(t.room);
    await chat.start({
      onEvent: async event => {
        if (event.kind === 'message') texts.push(event.text || event.files[0].name);
        return {};
      },
      formFor: async () => undefined,
    });
    const ann = t.person('Ann');
    const direct = [...t.room.state.channels.values()].find(channel => channel.members?.includes(ann))!;
    await (await t.room.say(ann, { channel: direct.id }, 'how do I ship?')).heard;
    const picture = await t.room.keepFile('cat.png', 'image/png', new Uint8Array(3));
    await (await t.room.say(ann, t.team, 'look', [picture])).heard;
    const rows = await t.room.keepFile('rows.jsonl', 'application/octet-stream', new Uint8Array(3));
    await (await t.room.say(ann, t.team, '', [rows])).heard;
    expect(texts).toEqual(['how do I ship?', 'rows.jsonl']);
    await chat.stop();
    await t.remove();
  });

  it('the bot is told once that it and the people are there', async () => {
    const t = await openTestRoom();
    const joined: string[] = [];
    for (let i = 0; i < 2; i++) {
      const chat = openLocalChat(t.room);
      await chat.start({
        onEvent: async event => {
          if (event.kind === 'joined') joined.push(event.person);
          return {};
        },
        formFor: async () => undefined,
      });
      await (await t.room.say(t.person('Ann'), t.team, 'hi')).heard;
      await chat.stop();
    }
    expect(joined).toEqual(['bot', t.person('Ann'), t.person('Ben')]);
    await t.remove();
  });
});
