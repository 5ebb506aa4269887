// Examples: imported all or none, duplicates told, held-out rows kept away from answers.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { channelById } from '../../src/data/channels.ts';
import { addSource } from '../../src/data/chat-examples.ts';
import { approvedExample, examplesWithTokens } from '../../src/data/example-pages.ts';
import { approvedExamples, countApproved, importExamples } from '../../src/data/examples.ts';
import { rememberMessage } from '../../src/data/messages.ts';
import { channels } from '../../src/data/schema.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { someExamples, someRun, someWorkspace } from '../support/rows.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('rows become approved examples with numbers; what is there already is told with its number', async () => {
  const { db } = database;
  const { workspace, ada } = await someWorkspace(db);
  const [a, b, c] = someExamples(3);
  expect(await importExamples(db, workspace, ada, [a, b])).toEqual({
    added: [
      { index: 0, no: 1 },
      { index: 1, no: 2 },
    ],
    duplicates: [],
  });
  expect(await importExamples(db, workspace, ada, [b, c, c])).toEqual({
    added: [{ index: 1, no: 3 }],
    duplicates: [
      { index: 0, of: 2 },
      { index: 2, of: 3 },
    ],
  });
  expect(await countApproved(db, workspace)).toEqual({ qa: 2, report: 1 });
  const [first] = await approvedExamples(db, workspace);
  expect(await approvedExample(db, workspace, first.example)).toMatchObject({ ...a, no: 1, approvers: ['Ada'] });
});

test('two imports of one file at once: every row once', async () => {
  const { db } = database;
  const { workspace, ada, bo } = await someWorkspace(db);
  const rows = someExamples(40);
  const both = await Promise.all([ada, bo].map(person => importExamples(db, workspace, person, rows)));
  expect(both.map(({ added }) => added.length).sort()).toEqual([0, 40]);
  expect((await approvedExamples(db, workspace)).map(({ no }) => no)).toEqual(rows.map((_, i) => i + 1));
});

test('a row that the database refuses leaves none of its file behind', async () => {
  const { db } = database;
  const { workspace, ada } = await someWorkspace(db);
  const rows = someExamples(1500);
  rows[1400] = { ...rows[1400], kind: 'poem' as 'qa' };
  await expect(importExamples(db, workspace, ada, rows)).rejects.toThrow();
  expect(await approvedExamples(db, workspace)).toEqual([]);
});

test('texts come back as they went in: Chinese, quotes, line ends, emoji', async () => {
  const { db } = database;
  const { workspace, ada } = await someWorkspace(db);
  const output = '1. 部署完成 ✅\r\n2. `rm -rf "$DIR"` \\n 🚀\t';
  await importExamples(db, workspace, ada, [{ kind: 'qa', instruction: '怎么部署？', input: "it's", output, lang: 'zh', thread: 't' }]);
  expect(await approvedExamples(db, workspace, { kind: 'qa' })).toMatchObject([{ input: "it's", output, thread: 't' }]);
  expect(await approvedExamples(db, workspace, { kind: 'report' })).toEqual([]);
});

test('held-out rows of a dataset stay away when asked for', async () => {
  const { db } = database;
  const { workspace, run, members } = await someRun(db);
  const rows = await approvedExamples(db, workspace, { withoutHeldoutOf: [run.dataset] });
  expect(rows.map(({ revision }) => revision)).toEqual(members.slice(2).map(({ revision }) => revision));
  expect(await approvedExamples(db, workspace)).toHaveLength(6);
});

test('what was said in a channel counts for no run, answer or count once that is switched off or no longer open', async () => {
  const { db } = database;
  const { workspace, ada, channel } = await someWorkspace(db);
  await importExamples(db, workspace, ada, someExamples(2));
  const [said] = await approvedExamples(db, workspace);
  const seen = { channel, ext: 'M1', author: ada, permalink: '#M1', textHmac: 'x' };
  await addSource(db, said.example, (await rememberMessage(db, seen)).id, 'question');
  for (const [kind, learn, counts] of [
    ['open', 'on', 2],
    ['open', 'off', 1],
    ['restricted', 'on', 1],
    ['external', 'on', 1],
    ['private', 'on', 1],
  ] as const) {
    await db.update(channels).set({ kind, learn }).where(eq(channels.id, channel));
    const what = `${kind}, ${(await channelById(db, channel))!.learn}`;
    expect(await approvedExamples(db, workspace), what).toHaveLength(counts);
    expect(await examplesWithTokens(db, workspace), what).toHaveLength(counts);
    const { qa, report } = await countApproved(db, workspace);
    expect(qa + report, what).toBe(counts);
    expect((await approvedExample(db, workspace, said.example)) !== undefined, what).toBe(counts === 2);
  }
});
