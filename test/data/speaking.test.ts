// Who answers the next question of a channel.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channelById } from '../../src/data/channels.ts';
import { askQuestion, type NewQuestion } from '../../src/data/questions.ts';
import { type Speakers, speakersFor } from '../../src/data/speaking.ts';
import type { VersionState } from '../../src/data/versions.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someWorkspace } from '../support/rows.ts';
import { someVersions } from '../support/versions.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

let asked = 0;

/** A workspace with versions in these states, and its people's questions, each answered by whoever is to. */
async function team(...states: VersionState[]) {
  const { db } = database;
  const rows = await someWorkspace(db);
  const versions = await someVersions(db, rows, states);
  const speakers = async () => speakersFor(db, rows.workspace, (await channelById(db, rows.channel))!);
  /** As the bot keeps a question. */
  async function ask(more: Partial<NewQuestion> = {}): Promise<Speakers> {
    const { first, second } = await speakers();
    const compared =
      second === undefined ? { version: first ?? undefined, detail: { alone: true } } : { version: second ?? first ?? undefined };
    const question = { channel: rows.channel, asker: rows.ada, source: `M${++asked}`, lang: 'en', seed: 1, kind: 'qa' as const };
    await askQuestion(db, rows.workspace, { ...question, turns: [{ role: 'user', content: 'Why?' }], ...compared, ...more });
    return { first, ...(second !== undefined && { second }) };
  }
  return { ...rows, versions, speakers, ask };
}

describe('who answers', () => {
  test('nothing was trained, or what was trained may not speak: the base alone', async () => {
    expect(await (await team()).speakers()).toEqual({ first: null });
    expect(await (await team('blocked', 'retired', 'quarantined')).speakers()).toEqual({ first: null });
  });

  test('a candidate and no champion: both, every time', async () => {
    const { versions, ask } = await team('retired', 'candidate');
    for (let i = 0; i < 3; i++) expect(await ask()).toEqual({ first: null, second: versions[1] });
  });

  test('a champion answers alone, and every fifth question of the channel is a comparison with the base', async () => {
    const { versions, ask } = await team('champion');
    const [v1] = versions;
    const alone = { first: v1 };
    const both = { first: v1, second: null };
    const heard = [];
    for (let i = 0; i < 10; i++) heard.push(await ask());
    expect(heard).toEqual([alone, alone, alone, alone, both, alone, alone, alone, alone, both]);
  });

  test('with a champion and a candidate the fifth question compares these two', async () => {
    const { versions, ask } = await team('champion', 'candidate');
    for (let i = 0; i < 4; i++) expect(await ask()).toEqual({ first: versions[0] });
    expect(await ask()).toEqual({ first: versions[0], second: versions[1] });
  });

  test('each channel counts its own questions, by its own setting; exams and questions to one version by name do not count', async () => {
    const { versions, ask, channel } = await team('champion');
    await database.db.execute(sql`update channels set compare_every = 2 where id = ${channel}`);
    const elsewhere = await team('champion');
    await elsewhere.ask();
    await ask({ version: versions[0], detail: { alone: true, tried: true } });
    await ask({ kind: 'exam' });
    expect(await ask()).toEqual({ first: versions[0] });
    expect(await ask()).toEqual({ first: versions[0], second: null });
    expect(await ask()).toEqual({ first: versions[0] });
    await database.db.execute(sql`update channels set compare_every = 0 where id = ${channel}`);
    for (let i = 0; i < 3; i++) expect(await ask()).toEqual({ first: versions[0] });
  });
});
