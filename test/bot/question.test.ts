// A question in chat: seen, waiting, answered, asked on; one version alone; the team's own answer below it.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beat } from '../../src/data/workers.ts';
import { type Asking, openAsking } from '../support/asking.ts';
import { until } from '../support/room.ts';

let chat: Asking;
beforeAll(async () => {
  chat = await openAsking();
});
afterAll(() => chat.end());

const user = (content: string) => ({ role: 'user', content });
const assistant = (content: string) => ({ role: 'assistant', content });

describe('a question', () => {
  it('gets 👀 on its message and an answer in its thread; in a direct message, too, and without a mention', async () => {
    const { question, message } = await chat.ask('Ann', '@apprentice Where is the key?');
    await until(() => chat.room.state.messages.get(message)?.reactions.seen, 'the eyes');
    await chat.answer(question, [[null, 'Below the mat.']]);
    const heard = await chat.shows(question, /Where is the key\?[\s\S]*Below the mat\.[\s\S]*nothing has been trained yet/);
    expect(chat.room.state.messages.get(heard.id)).toMatchObject({ thread: message, onlyFor: undefined });
    const direct = await chat.ask('Ben', 'And the other key?', { channel: chat.direct('Ben') });
    await chat.answer(direct.question, [[null, 'Lost.']]);
    const there = await chat.shows(direct.question, /Lost/);
    expect(chat.room.state.messages.get(there.id)).toMatchObject({ channel: chat.direct('Ben'), thread: direct.message });
  });

  it('that has to wait says how many are before it, and that no worker is at work where none is', async () => {
    const first = await chat.ask('Ann', '@apprentice One?');
    await chat.shows(first.question, /no worker is at work.*as soon as one is\.$/);
    const behind = await chat.ask('Gus', '@apprentice One and a half?');
    await chat.shows(behind.question, /no worker is at work.*before yours: 1\./);
    await beat(chat.database.db, { host: 'host', pid: 1, version: '1', device: 'cpu', roles: ['answer'] });
    const second = await chat.ask('Ben', '@apprentice Two?');
    const third = await chat.ask('Cy', '@apprentice Three?');
    await chat.shows(third.question, /One moment … Questions before yours: 3\./);
    await chat.answer(first.question, [[null, 'First.']]);
    await chat.answer(behind.question, [[null, 'Half.']]);
    await chat.shows(third.question, /before yours: 1/);
    await chat.answer(second.question, [[null, 'Second.']]);
    await chat.shows(third.question, /One moment …$/);
    await chat.answer(third.question, [[null, 'Third.']]);
  });

  it('that nobody answered within ten minutes says so, even where no worker is left to see it', async () => {
    const { question } = await chat.ask('Ann', '@apprentice Is anybody there?');
    await chat.database.db.execute(sql`update questions set asked_at = now() - interval '11 minutes' where id = ${question}`);
    await chat.shows(question, /could not answer this: The answer would have come more than 10 minutes after/);
  });

  it('shows an empty answer and one that goes round in circles as what they are, and asks for no vote', async () => {
    const { id } = await chat.version();
    const { question } = await chat.ask('Ann', '@apprentice How do I ship?');
    await chat.answer(
      question,
      [
        [null, ' '],
        [id, 'and then ship it '.repeat(30)],
      ],
      { comparison: false },
    );
    const { text } = await chat.shows(question, /This answer is empty[\s\S]*goes round in circles[\s\S]*no vote here/);
    expect(text).not.toContain('A is better');
    const same = await chat.ask('Ann', '@apprentice How do I sail?');
    await chat.answer(
      same.question,
      [
        [null, 'Hoist.'],
        [id, 'Hoist. '],
      ],
      { comparison: false },
    );
    expect((await chat.shows(same.question, /Both gave the same answer/)).text.match(/Hoist/g)).toHaveLength(1);
  });
});

describe('asking on', () => {
  const thread = async (name: string, text: string, thread: string) => chat.ask(name, `@apprentice ${text}`, { thread });

  it('goes on from what people said and from the answer that the asker preferred; both speakers are asked the same', async () => {
    const { id } = await chat.version();
    const { question, message } = await chat.ask('Ann', '@apprentice When is the harbour open?');
    const shown = await chat.answer(question, [
      [id, 'From seven.'],
      [null, 'I cannot know.'],
    ]);
    await chat.room.say(chat.person('Ben'), { channel: chat.channel, thread: message }, 'In winter as well?');
    // Nobody has voted: to go on from either would favour it.
    const early = await thread('Ben', 'And on Sundays?', message);
    expect(await chat.turnsOf(early.question)).toEqual(['When is the harbour open?', 'In winter as well?', 'And on Sundays?'].map(user));
    await chat.press('Ann', shown.id, 'A is better');
    await chat.ballot('Ann', question, /Your vote/);
    const late = await thread('Ben', 'And at night?', message);
    expect(await chat.turnsOf(late.question)).toEqual([
      user('When is the harbour open?'),
      assistant('From seven.'),
      ...['In winter as well?', 'And on Sundays?', 'And at night?'].map(user),
    ]);
    // Ben's own vote goes before hers.
    await chat.press('Ben', shown.id, 'B is better');
    await chat.ballot('Ben', question, /Your vote/);
    const own = await thread('Ben', 'Who says so?', message);
    expect((await chat.turnsOf(own.question))[1]).toEqual(assistant('I cannot know.'));
  });

  it('needs a mention in a channel and none in a direct message', async () => {
    const direct = await chat.ask('Cy', 'Where is the crane?', { channel: chat.direct('Cy') });
    await chat.answer(direct.question, [[null, 'On pier three.']]);
    const next = await chat.ask('Cy', 'Who mends it?', { channel: chat.direct('Cy'), thread: direct.message });
    expect(await chat.turnsOf(next.question)).toEqual([user('Where is the crane?'), assistant('On pier three.'), user('Who mends it?')]);
    const { message } = await chat.ask('Cy', '@apprentice Where is the crane?');
    const { n } = await chat.one('select count(*)::int as n from questions');
    await chat.room.say(chat.person('Cy'), { channel: chat.channel, thread: message }, 'Who mends it?');
    const after = await chat.ask('Cy', '@apprentice Where is the pier?');
    expect(await chat.one('select count(*)::int as n from questions')).toEqual({ n: n + 1 });
    expect(await chat.turnsOf(after.question)).toEqual([user('Where is the pier?')]);
  });
});

describe('one version alone', () => {
  it('answers by name, everybody sees it, and nobody is asked to vote', async () => {
    const { id, no } = await chat.version();
    const { question } = await chat.ask('Ann', `/finetune try v${no} How do I moor?`);
    expect(await chat.one('select version::int, detail from questions where id = $1', [question])).toMatchObject({
      version: id,
      detail: { alone: true },
    });
    await chat.answer(question, [[id, 'Two lines.']]);
    const heard = await chat.shows(question, new RegExp(`v${no} alone: How do I moor\\?[\\s\\S]*Two lines\\.`));
    expect(heard.to).toBeUndefined();
    expect(heard.text).not.toMatch(/better/i);
    const base = await chat.ask('Ann', '@apprentice try base How do I moor?');
    await chat.answer(base.question, [[null, 'It depends.']]);
    await chat.shows(base.question, /base model alone[\s\S]*It depends/);
  });

  it('keeps quiet while people vote on that very question, and where it is unknown, blocked or quarantined', async () => {
    const { id, no } = await chat.version();
    const { question } = await chat.ask('Ann', '@apprentice How do I dive?');
    const shown = await chat.answer(question, [
      [null, 'Not.'],
      [id, 'With a bottle.'],
    ]);
    const refused = (pattern: RegExp, text: string) => chat.after(() => chat.say('Ben', text), pattern);
    expect((await refused(/give away which is which/, `/finetune try v${no} how do i DIVE`)).to).toBe('Ben');
    await refused(/base model’s answer would give away/, '/finetune try base How do I dive?');
    await chat.press('Ann', shown.id, 'Tie');
    await chat.say('Ann', '@apprentice close', chat.room.state.messages.get(shown.id)!.thread);
    await chat.shows(question, /Closed/);
    await chat.ask('Ben', `/finetune try v${no} How do I dive?`);
    await refused(/There is no v99/, '/finetune try v99 Hello there');
    for (const state of ['blocked', 'quarantined']) {
      await chat.database.db.execute(sql`update versions set state = ${state} where id = ${id}`);
      await refused(state === 'blocked' ? /is blocked/ : /does not speak any more/, `/finetune try v${no} Hello there`);
    }
  });
});

describe('from your team', () => {
  it('the nearest approved answer stands below, with its link and who approved it; from a file without a link', async () => {
    const { room, person, channel } = chat;
    const said = async (name: string, text: string, thread?: string) => {
      const { entry } = await room.say(person(name), { channel, ...(thread && { thread }) }, text);
      return entry.kind === 'said' ? entry.message.id : '';
    };
    const root = await said('Ann', 'How do I oil the crane?');
    const told = await said('Ben', 'Use the yellow can, a drop a day.', root);
    await room.react(person('Cy'), told, '✅', true);
    const example = await until(
      async () => (await chat.one(`select id::int from examples where state = 'approved' and origin = 'chat'`))?.id as number,
      'the example',
    );
    const { question } = await chat.ask('Ann', '@apprentice crane oil?');
    await chat.answer(question, [[null, 'Use oil.']], { nearExample: example });
    const { card } = await chat.shows(question, /From your team: How do I oil the crane\? · approved by Cy/);
    expect(JSON.stringify(card)).toContain(`[How do I oil the crane?](#${told})`);
    const { id, no } = await chat.one(`select id::int, no from examples where origin = 'import' and kind = 'qa' limit 1`);
    const filed = await chat.ask('Ann', '@apprentice another?');
    await chat.answer(filed.question, [[null, 'Yes.']], { nearExample: id });
    await chat.shows(filed.question, new RegExp(`From your team: example ${no}, .*from a file · approved by Ann`));
    await room.remove(person('Ben'), told);
    await until(
      async () => (await chat.one('select state from examples where id = $1', [example])).state === 'retired',
      'it to be retired',
    );
    const later = await chat.ask('Ann', '@apprentice crane oil again?');
    await chat.answer(later.question, [[null, 'Use oil.']], { nearExample: example });
    expect((await chat.shows(later.question, /Use oil/)).text).not.toContain('From your team');
  });

  it('where guests read along only what was said in front of them may help', async () => {
    const at = async (channel: string) => {
      const { question } = await chat.ask('Ann', '@apprentice What helps?', { channel });
      return (await chat.one('select detail from questions where id = $1', [question])).detail;
    };
    // Gus is in every open channel; in Ann's direct channel there is nobody but her.
    expect(await at(chat.channel)).toMatchObject({ near: 'channel' });
    expect(await at(chat.direct('Ann'))).not.toHaveProperty('near');
    const members = [chat.room.state.bot, chat.person('Ann')];
    const shared = await chat.room.addChannel(chat.person('Ann'), { name: 'partner', purpose: '', kind: 'external', members });
    expect(await at(shared.id)).toMatchObject({ near: 'nobody' });
  });
});
