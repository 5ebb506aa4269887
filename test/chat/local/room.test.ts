import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLocalChat } from '../../../src/chat/local/local.ts';
import { openTestRoom, type TestRoom, until } from '../../support/room.ts';

let t: TestRoom;
beforeEach(async () => {
  t = await openTestRoom();
});
afterEach(() => t.remove());

const refusal = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) });
const journal = () => join(t.folder, 'journal.jsonl');
const texts = () => [...t.room.state.messages.values()].map(message => message.markdown);

describe('a room', () => {
  it('keeps what was said, threads, mentions and files over a restart', async () => {
    const { entry } = await t.room.say(t.person('Ann'), t.team, 'hello @apprentice and @ben, mail a@ben.example');
    const id = entry.kind === 'said' ? entry.message.id : '';
    const file = await t.room.keepFile('rows.json', 'application/json', Buffer.from('[]'));
    await t.room.say(t.person('Ben'), { ...t.team, thread: id }, '', [file]);
    await t.room.react(t.person('Ben'), id, '✅', true);
    await t.room.edit(t.person('Ann'), id, 'hello all');
    const before = structuredClone(t.room.state);
    t = await t.reopen();
    expect(t.room.state).toEqual(before);
    const [first, second] = t.room.state.messages.values();
    expect(first).toMatchObject({ markdown: 'hello all', reactions: { '✅': [t.person('Ben')] } });
    expect(second.thread).toBe(id);
    expect(Buffer.from((await t.room.file(file.id))!).toString()).toBe('[]');
  });

  it('turns @Name into a mention, whatever its case, and nothing else', async () => {
    await t.room.say(t.person('Ann'), t.team, '@APPRENTICE hi @Bender a@ben.example');
    expect(texts()).toEqual([`[@apprentice](person:${t.room.state.bot}) hi @Bender a@ben.example`]);
  });

  it('a last line cut off by a crash is dropped and the room goes on', async () => {
    await t.room.say(t.person('Ann'), t.team, 'one');
    await t.room.say(t.person('Ann'), t.team, 'two');
    await t.room.close();
    const { length } = await readFile(journal());
    await truncate(journal(), length - 5);
    t = await openTestRoom(t.folder);
    expect(texts()).toEqual(['one']);
    await t.room.say(t.person('Ann'), t.team, 'three');
    t = await t.reopen();
    expect(texts()).toEqual(['one', 'three']);
  });

  it('of a long line cut off nothing is left behind a shorter one', async () => {
    await t.room.close();
    await appendFile(journal(), `{"n":99,"at":1,"kind":"said","message":{"markdown":"${'x'.repeat(5_000)}`);
    t = await openTestRoom(t.folder);
    await t.room.say(t.person('Ann'), t.team, 'short');
    t = await t.reopen();
    expect(texts()).toEqual(['short']);
  });

  it('forgets all looks of a card but the last, and nothing else', async () => {
    await t.room.say(t.person('Ann'), t.team, 'start');
    const message = { id: 'm1', ...t.team, author: t.room.state.bot, at: 1, markdown: '', files: [], reactions: {}, key: 'run:1' };
    await t.room.bot(() => ({ kind: 'said', message }));
    const look = (i: number) => ({ title: `step ${i}`, parts: [{ markdown: 'x'.repeat(20_000) }] });
    for (let i = 0; i < 100; i++) await t.room.bot(({ bot }) => ({ kind: 'edited', id: 'm1', by: bot, card: look(i) }));
    await t.room.react(t.person('Ben'), 'm1', '✅', true);
    const before = structuredClone(t.room.state);
    expect((await stat(journal())).size).toBeGreaterThan(2_000_000);
    t = await t.reopen();
    expect((await stat(journal())).size).toBeLessThan(100_000);
    expect(t.room.state).toEqual(before);
    await t.room.say(t.person('Ann'), t.team, 'end');
    t = await t.reopen();
    expect(texts()).toEqual(['start', '', 'end']);
  });

  it('a damaged line in the middle is refused with its number, and nothing is overwritten', async () => {
    await t.room.say(t.person('Ann'), t.team, 'one');
    await t.room.close();
    const lines = (await readFile(journal(), 'utf8')).split('\n');
    const damaged = [lines[0], '{"n":', ...lines.slice(2)].join('\n');
    await writeFile(journal(), damaged);
    await expect(openTestRoom(t.folder)).rejects.toEqual(refusal('chat.journalBroken'));
    expect(await readFile(journal(), 'utf8')).toBe(damaged);
    await writeFile(journal(), lines.join('\n'));
    t = await openTestRoom(t.folder);
  });

  it('what happens at once is kept one after the other', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, i) => t.room.say(t.person('Ann'), t.team, `m${i}`)));
    t = await t.reopen();
    expect(texts()).toEqual(Array.from({ length: 50 }, (_, i) => `m${i}`));
    const numbers = (await readFile(journal(), 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).n);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  it('refuses with a sentence: too long, empty, strangers, unknown commands, other people’s messages', async () => {
    const ann = t.person('Ann');
    await expect(t.room.say(ann, t.team, 'x'.repeat(100_000))).rejects.toEqual(refusal('chat.tooLong'));
    await expect(t.room.say(ann, t.team, '  \n')).rejects.toEqual(refusal('chat.empty'));
    await expect(t.room.say('nobody', t.team, 'hi')).rejects.toEqual(refusal('chat.personGone'));
    await expect(t.room.say(ann, { channel: 'nowhere' }, 'hi')).rejects.toEqual(refusal('chat.channelGone'));
    await expect(t.room.say(ann, { ...t.team, thread: 'm0' }, 'hi')).rejects.toEqual(refusal('chat.messageGone'));
    await expect(t.room.say(ann, t.team, '/fintune start')).rejects.toEqual(refusal('chat.unknownCommand'));
    const { entry } = await t.room.say(ann, t.team, '/etc/passwd is a file');
    const id = entry.kind === 'said' ? entry.message.id : '';
    await expect(t.room.edit(t.person('Ben'), id, 'mine')).rejects.toEqual(refusal('chat.notYours'));
    await expect(t.room.keepFile('big', 'x/y', new Uint8Array(20 * 2 ** 20 + 1))).rejects.toEqual(refusal('chat.fileTooBig'));
    expect(texts()).toEqual(['/etc/passwd is a file']);
  });

  it('people have different names', async () => {
    await t.room.addPerson('Mei Lin');
    for (const name of ['ann', 'MEI  LIN', 'Apprentice']) await expect(t.room.addPerson(name)).rejects.toEqual(refusal('chat.nameTaken'));
    for (const name of ['', '  ', 'a@b', '<b>', 'x'.repeat(41)])
      await expect(t.room.addPerson(name)).rejects.toEqual(refusal('chat.badName'));
  });

  it('a direct channel is nobody else’s', async () => {
    const direct = [...t.room.state.channels.values()].find(channel => channel.members?.includes(t.person('Ann')))!;
    const { entry } = await t.room.say(t.person('Ann'), { channel: direct.id }, 'psst');
    const id = entry.kind === 'said' ? entry.message.id : '';
    await expect(t.room.say(t.person('Ben'), { channel: direct.id }, 'hi')).rejects.toEqual(refusal('chat.channelGone'));
    await expect(t.room.react(t.person('Ben'), id, '✅', true)).rejects.toEqual(refusal('chat.messageGone'));
  });

  it('channels are open to everybody or for their members only, and have names of their own', async () => {
    const [ann, ben] = [t.person('Ann'), t.person('Ben')];
    const open = await t.room.addChannel(ann, { name: ' #Night Shift ', purpose: 'who is awake' });
    const closed = await t.room.addChannel(ann, { name: 'salaries', purpose: '', kind: 'private', members: [ann] });
    const shared = await t.room.addChannel(ann, { name: '客户', purpose: '', kind: 'external' });
    t = await t.reopen();
    expect(t.room.state.channels.get(open.id)).toMatchObject({ name: 'night-shift', purpose: 'who is awake', kind: 'open' });
    expect([open, closed, shared].map(({ id }) => t.room.isIn(ben, id))).toEqual([true, false, true]);
    await expect(t.room.say(ben, { channel: closed.id }, 'hi')).rejects.toEqual(refusal('chat.channelGone'));
    await expect(t.room.addChannel(ben, { name: 'NIGHT-SHIFT', purpose: '' })).rejects.toEqual(refusal('chat.channelTaken'));
    for (const name of ['', '#', 'a/b', 'a,b', 'x'.repeat(41)])
      await expect(t.room.addChannel(ben, { name, purpose: '' })).rejects.toEqual(refusal('chat.badChannelName'));
    await expect(t.room.addChannel(ben, { name: 'x', purpose: 'y'.repeat(251) })).rejects.toEqual(refusal('chat.longPurpose'));
  });

  it('the bot hears nothing of a channel that it is not in', async () => {
    const ann = t.person('Ann');
    const heard: string[] = [];
    const chat = openLocalChat(t.room);
    await chat.start({
      async onEvent(event) {
        if (event.kind !== 'joined' || event.person === 'bot') heard.push(event.kind);
        return {};
      },
      formFor: async () => undefined,
    });
    await until(() => t.room.state.unheard.size === 0, 'the bot to know the room');
    heard.length = 0;
    const { id: channel } = await t.room.addChannel(ann, { name: 'salaries', purpose: '', kind: 'private', members: [ann] });
    const { entry } = await t.room.say(ann, { channel }, '@apprentice what do we earn?');
    await (await t.room.react(ann, entry.kind === 'said' ? entry.message.id : '', '✅', true)).heard;
    expect(heard).toEqual([]);
    await t.room.addChannel(ann, { name: 'open', purpose: '' });
    await until(() => heard.length > 0, 'the open channel');
    expect(heard).toEqual(['joined']);
    await chat.stop();
  });

  it('a story is in the room as a whole or not at all, and once', async () => {
    const message = (id: string) => ({ id, ...t.team, author: t.person('Ann'), at: 1, markdown: id, files: [], reactions: {} });
    const story = () => [
      { kind: 'said' as const, message: message('m1') },
      { kind: 'said' as const, message: message('m2') },
    ];
    expect(await t.room.load(t.person('Ann'), 'two', story)).toBe(true);
    expect(await t.room.load(t.person('Ann'), 'two', story)).toBe(false);
    expect(texts()).toEqual(['m1', 'm2']);
    await t.room.close();
    const { length } = await readFile(journal());
    await truncate(journal(), length - 5);
    t = await openTestRoom(t.folder);
    expect(texts()).toEqual([]);
    expect(await t.room.load(t.person('Ann'), 'two', story)).toBe(true);
    t = await t.reopen();
    expect(texts()).toEqual(['m1', 'm2']);
    expect(await t.room.load(t.person('Ann'), 'two', story)).toBe(false);
  });

  it('what cannot be kept did not happen', async () => {
    await t.room.say(t.person('Ann'), t.team, 'one');
    await t.room.close();
    await expect(t.room.say(t.person('Ann'), t.team, 'lost')).rejects.toEqual(refusal('chat.notKept'));
    expect(texts()).toEqual(['one']);
    await appendFile(journal(), '');
    t = await openTestRoom(t.folder);
    expect(texts()).toEqual(['one']);
  });
});
