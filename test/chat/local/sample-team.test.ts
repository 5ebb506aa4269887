// The sample team in a room: everything its file holds was said by whom the file names, and every ✅ reaches the bot.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDesk } from '../../../src/chat/local/desk.ts';
import { openLocalChat } from '../../../src/chat/local/local.ts';
import { sampleRows } from '../../../src/chat/local/sample-team.ts';
import { openTestRoom, type TestRoom, until } from '../../support/room.ts';

let t: TestRoom;
beforeEach(async () => {
  t = await openTestRoom();
});
afterEach(() => t.remove());

const nameOf = (id: string) => t.room.state.people.get(id)!.name;
const messages = () => [...t.room.state.messages.values()];

describe('the sample team', () => {
  it.each(['en', 'zh'] as const)('%s: every row is a thread of its channel, told by its people, with the answer approved', async lang => {
    await openDesk(t.room).loadSampleTeam(t.person('Ann'), lang);
    const rows = await sampleRows(lang);
    const roots = messages().filter(({ thread }) => !thread);
    expect(roots).toHaveLength(rows.length);
    const threads = roots.map(root => {
      const replies = messages().filter(({ thread }) => thread === root.id);
      const answer = replies.at(-1)!;
      return {
        channel: t.room.state.channels.get(root.channel)!.name,
        instruction: root.markdown,
        input: replies.length === 2 ? replies[0].markdown : '',
        output: answer.markdown,
        author: nameOf(answer.author),
        approved_by: answer.reactions['✅'].map(nameOf),
        all: [root, ...replies],
      };
    });
    for (const { channel, instruction, input, output, author, approved_by } of rows) {
      expect(threads).toContainEqual(expect.objectContaining({ channel, instruction, input, output, author, approved_by }));
    }
    for (const { all } of threads) {
      expect(new Set(all.map(message => message.channel)).size).toBe(1);
      for (const [i, message] of all.slice(1).entries()) expect(message.at - all[i].at).toBeGreaterThan(2 * 60_000);
      expect(all.at(-1)!.at).toBeLessThan(Date.now());
      expect(all[0].author).not.toBe(all.at(-1)!.author);
    }
    const weekly = [...t.room.state.channels.values()].find(({ name }) => name === 'weekly')!;
    expect(weekly.purpose).toMatch(/^(Weekly reports|周报)$/);
    expect([...t.room.state.people.values()].filter(person => person.lang === lang)).toHaveLength(lang === 'en' ? 9 : 8);
  });

  it('loaded twice it is there once, and the second team has its own people and channels', async () => {
    const desk = openDesk(t.room);
    await Promise.all([desk.loadSampleTeam(t.person('Ann'), 'en'), desk.loadSampleTeam(t.person('Ben'), 'en')]);
    t = await t.reopen();
    await openDesk(t.room).loadSampleTeam(t.person('Ann'), 'en');
    expect(messages()).toHaveLength(80 * 2 + 16 * 3);
    await openDesk(t.room).loadSampleTeam(t.person('Ann'), 'zh');
    expect(messages()).toHaveLength(80 * 2 + 16 * 3 + 30 * 2 + 8 * 3);
    const names = [...t.room.state.channels.values()].filter(({ kind }) => kind === 'open').map(({ name }) => name);
    expect(names).toContain('weekly');
    expect(names).toContain('weekly-zh');
    expect(new Set(names).size).toBe(names.length);
  });

  it('the bot hears of every ✅ as a message that was touched, and of every channel it is in', async () => {
    const heard: string[] = [];
    const chat = openLocalChat(t.room);
    await chat.start({
      async onEvent(event) {
        heard.push(event.kind === 'touched' ? event.ref.id : event.kind);
        return {};
      },
      formFor: async () => undefined,
    });
    await openDesk(t.room).loadSampleTeam(t.person('Ann'), 'en');
    await until(() => t.room.state.unheard.size === 0, 'the bot to have heard everything');
    const approved = messages().filter(({ reactions }) => reactions['✅']);
    expect(heard.filter(what => what !== 'joined').sort()).toEqual(approved.map(({ id }) => id).sort());
    expect(approved).toHaveLength(96);
    const { approvedBy, markdown } = (await chat.fetchMessage({ id: approved[0].id })) as { approvedBy: string[]; markdown: string };
    expect(approvedBy.map(nameOf)).not.toEqual([]);
    expect(markdown).toBe(approved[0].markdown);
    await chat.stop();
  });
});
