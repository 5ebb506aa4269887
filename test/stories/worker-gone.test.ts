// The worker dies while four people wait for their answers: each of them still gets one, in their own thread, and none gets two.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person, Seen } from '../support/person.ts';
import { everyWay } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';
import { teach, train } from '../support/tuned.ts';

vi.setConfig({ testTimeout: 90_000 });

describe.each(everyWay)('$name: waiting for a worker', platform => {
  let story: Story;
  let people: Person[];
  let waiting: Seen[];
  const texts = ['Where is the office?', 'Can I swim here?', 'Who paints the pier?', 'What does a berth cost?'];
  beforeAll(async () => {
    story = await openStory(platform);
    people = await Promise.all(['Ada', 'Ben', 'Cem', 'Dia'].map(story.person));
    await teach(people[0]);
    await train(people[0], 1);
  });
  afterAll(() => story?.close());

  const stopWorker = (signal: 'SIGSTOP' | 'SIGKILL') => process.kill(story.apprentice.pid('worker'), signal);

  it('four people who ask at once each hear how many are before them', async () => {
    stopWorker('SIGSTOP');
    waiting = [];
    for (const [i, person] of people.entries()) {
      waiting.push(await person.say(`@apprentice ${texts[i]}`));
      await person.seesSign(waiting[i], 'seen');
    }
    for (const [i, person] of people.entries()) {
      await person.sees(i === 0 ? /One moment …/ : new RegExp(`Questions before yours: ${i}\\.`), { thread: waiting[i] });
    }
  });

  it('and when the worker dies with two of the answers half written, the next one writes all four, each once', async () => {
    // As it stands in the rows when a worker dies over them.
    await story.look(db =>
      db.execute(sql`update questions set state = 'answering', attempt = 1, worker = 'gone', lease_until = now() + interval '5 seconds'
        where id in (select id from questions where state = 'asked' order by id limit 2)`),
    );
    const gone = story.apprentice.pid('worker');
    stopWorker('SIGKILL');
    for (const [i, person] of people.entries()) {
      const { text } = await person.sees(/\[Better answer\]/, { thread: waiting[i], within: 60_000 });
      expect(text.startsWith(texts[i])).toBe(true);
      expect(await person.all(/^[^@]/, { thread: waiting[i] })).toHaveLength(1);
    }
    expect(story.apprentice.pid('worker')).not.toBe(gone);
    const { rows } = await story.look(db => db.execute(sql`select attempt from questions order by id`));
    expect(rows).toEqual([{ attempt: 2 }, { attempt: 2 }, { attempt: 1 }, { attempt: 1 }]);
  });

  it('an answer that would be older than ten minutes is not given, and says so; asked again it comes', async () => {
    const [ada] = people;
    stopWorker('SIGSTOP');
    const late = await ada.say('@apprentice Is there a shop?');
    await ada.sees(/^Is there a shop\?/, { thread: late });
    await story.look(db => db.execute(sql`update questions set asked_at = asked_at - interval '11 minutes' where state = 'asked'`));
    const { text } = await ada.sees(/10 minutes/, { thread: late });
    expect(text).toMatch(/Ask me again/);
    stopWorker('SIGKILL');
    const again = await ada.say('@apprentice Is there a shop?');
    await ada.sees(/^Is there a shop\?.*\[Better answer\]/s, { thread: again, within: 60_000 });
    await ada.sees(/10 minutes/, { thread: late });
  });
});
