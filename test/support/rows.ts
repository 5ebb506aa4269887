// The rows that most tests of the tables start from: a workspace with two people, a channel and a few approved examples.
import { rememberChannel } from '../../src/data/channels.ts';
import type { Db } from '../../src/data/database.ts';
import { approvedExamples, importExamples, type NewExample } from '../../src/data/examples.ts';
import { rememberPerson } from '../../src/data/people.ts';
import { startRun } from '../../src/data/runs.ts';
import { ensureWorkspace } from '../../src/data/workspaces.ts';

let made = 0;

/** A workspace of its own, so that tests of one file do not see each other's rows. */
export async function someWorkspace(db: Db) {
  const workspace = (await ensureWorkspace(db, 'local', `team-${++made}`)).id;
  const ada = (await rememberPerson(db, workspace, { ext: 'U1', name: 'Ada' })).id;
  const bo = (await rememberPerson(db, workspace, { ext: 'U2', name: 'Bo' })).id;
  const channel = (await rememberChannel(db, workspace, { ext: 'C1', name: 'general', kind: 'open' })).id;
  return { workspace, ada, bo, channel };
}

export const someExamples = (count: number): NewExample[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: i % 3 === 0 ? 'report' : 'qa',
    instruction: `Question ${i}?`,
    input: '',
    output: `Answer ${i}.`,
    lang: 'en',
  }));

/** A workspace with an open run over six examples, two of them held out. */
export async function someRun(db: Db) {
  const rows = await someWorkspace(db);
  await importExamples(db, rows.workspace, rows.ada, someExamples(6));
  const members = (await approvedExamples(db, rows.workspace)).map(
    ({ revision }, i) => ({ revision, part: i < 2 ? 'heldout' : 'train' }) as const,
  );
  const run = await startRun(db, rows.workspace, { requestedBy: rows.ada, channel: 'C1', members });
  return { ...rows, members, run };
}
