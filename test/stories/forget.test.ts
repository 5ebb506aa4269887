// Learned, speaking, and then forgotten: what a person asks to have forgotten is in no version that speaks, in no row and in no file of ours.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person, Seen } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { remains } from '../support/remains.ts';
import { openStory, type Story } from '../support/story.ts';
import { teach, train } from '../support/tuned.ts';

vi.setConfig({ testTimeout: 120_000 });

const SECRET = 'Ring the Yarrow bell at the Quillon steps.';

describe.each(platforms)('$name: somebody who is forgotten', platform => {
  let story: Story;
  let ada: Person;
  let ben: Person;
  let answer: Seen;
  beforeAll(async () => {
    story = await openStory(platform);
    ada = await story.person('Ada');
    ben = await story.person('Ben');
    await teach(ada);
    const question = await ada.say('How do I call the ferry at night?');
    answer = await ben.say(`${SECRET}\n1. \`bell ring\`\nAsk: Emil, berth 1`, { thread: question });
  }, 120_000);
  afterAll(() => story?.close());

  const rows = async (query: ReturnType<typeof sql>) => (await story.look(db => db.execute(query))).rows;
  const states = () => rows(sql`select no, state from versions order by no`);

  it('heard, alone and once, that their words are kept, and saw them become a version that speaks', async () => {
    await ada.react(answer);
    await ada.seesSign(answer, 'kept');
    await ben.sees(/Ada put a ✅ on this, so I keep what you wrote as an example.*No thanks/s, { privately: true });
    await ada.doesNotSee(/Ada put a ✅/);
    await story.aDayPasses();
    await train(ada, 1);
    await ada.say('/finetune promote v1');
    await expect.poll(states, { timeout: 30_000 }).toEqual([{ no: 1, state: 'champion' }]);
    const after = await ben.say('/finetune mine');
    await ben.sees(/your answer · .*learned by v1/, { after, privately: true });
  });

  it('is told what will go and what cannot before anything does', async () => {
    await ben.say('/finetune forget me');
    const asked = await ben.sees(/Forget you for good\?/, { privately: true });
    expect(asked.text).toMatch(/erase 1 example that holds words.*put v1 out of use for good/s);
    expect(asked.text).toMatch(/the version before answer again, or the base/);
    expect(asked.text).toMatch(/backups of the database.*files that somebody exported/);
    expect(await states()).toEqual([{ no: 1, state: 'champion' }]);
    await ben.press(asked, 'Forget for good');
    await ben.sees(/I have forgotten you/, { privately: true });
  });

  it('is out of what speaks: the base answers, and whoever decides is offered a run without them', async () => {
    expect(await states()).toEqual([{ no: 1, state: 'quarantined' }]);
    await ada.seesSign(answer, 'kept', false);
    const offer = await ada.sees(/v1 had learned from them.*the base model answers.*20 examples are left/, { privately: true });
    expect(offer.text).not.toMatch(/Ben/);
    const question = await ada.say('@apprentice Where is the office?');
    await ada.sees(/\S/, { thread: question });
    await expect.poll(() => rows(sql`select version from questions order by id desc limit 1`)).toEqual([{ version: null }]);

    await ada.press(offer, 'Train without them');
    await ada.sees(/^Run 2 · done: v2/, { within: 90_000 });
    expect((await states())[0]).toEqual({ no: 1, state: 'quarantined' });
    expect(
      await rows(sql`select count(*)::int as rows, count(*) filter (where e.erased_at is not null)::int as erased from runs r
        join dataset_members m on m.dataset = r.dataset join example_revisions e on e.id = m.revision where r.no = 2`),
    ).toEqual([{ rows: 20, erased: 0 }]);
  });

  it('is in no row and in no file of ours', async () => {
    const pool = new pg.Pool({ connectionString: story.apprentice.databaseUrl() });
    try {
      await expect.poll(() => remains(pool, ['Yarrow', 'Quillon', ben.id]), { timeout: 20_000 }).toEqual([]);
    } finally {
      await pool.end();
    }
    // A sweep of the worker deletes the files.
    await expect.poll(() => readdirSync(join(story.dataDir, 'artifacts', 'versions')).length, { timeout: 40_000 }).toBe(1);
    const found = filesOf(story.dataDir).filter(file => /Yarrow|Quillon/.test(readFileSync(file, 'latin1')));
    expect(found).toEqual([]);
  });
});

/** Every file of ours: the local chat's journal is the chat itself, and Postgres keeps its own log until it is used again. */
function filesOf(dataDir: string): string[] {
  return readdirSync(dataDir, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !['local-chat', 'postgres'].some(theirs => file.startsWith(join(dataDir, theirs))));
}
