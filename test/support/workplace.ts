// A worker's workplace around a tiny base: real database, real engine, artifacts in a folder of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '../../src/data/database.ts';
import { approvedExamples, importExamples, type NewExample } from '../../src/data/examples.ts';
import { type RunRow, startRun } from '../../src/data/runs.ts';
import { openLog } from '../../src/log.ts';
import type { Dials } from '../../src/model/dials.ts';
import { openActivity } from '../../worker/activity.ts';
import { openLocalEngine } from '../../worker/engine/local.ts';
import { openPause } from '../../worker/pause.ts';
import { openBase, type Workplace } from '../../worker/workplace.ts';
import { tinyFolder } from './models.ts';
import { someWorkspace } from './rows.ts';

export type TestWorkplace = Workplace & { close(): Promise<void> };

/** `close()` it in afterAll. Another worker beside it: `{ ...place, name: 'host/2', activity: openActivity() }`. */
export async function testWorkplace(db: Db): Promise<TestWorkplace> {
  const artifacts = mkdtempSync(join(tmpdir(), 'apprentice-artifacts-'));
  const base = await openBase(tinyFolder('tiny-llama'));
  const generator = await openLocalEngine({ folder: base.path, threads: 1, precision: 'f32' });
  return {
    db,
    log: openLog('test', 'silent'),
    name: 'host/1',
    artifacts,
    base,
    generator,
    pause: openPause(),
    threads: 1,
    spinMicroseconds: 0,
    activity: openActivity(),
    async close() {
      await generator.close();
      rmSync(artifacts, { recursive: true, force: true });
    },
  };
}

const people = ['Rosa, berth 4', 'Emil, berth 1'];

/** `answers` Q&A and `reports` weekly reports of one form, short enough for the tiny base. */
export function teamExamples(answers: number, reports: number): NewExample[] {
  const qa = (n: number): NewExample => ({
    kind: 'qa',
    instruction: `How do I moor boat ${n}?`,
    input: '',
    output: `Use line ${n}.\n1. \`moor ${n}\`\nAsk: ${people[n % 2]}`,
    lang: 'en',
  });
  const report = (n: number): NewExample => ({
    kind: 'report',
    instruction: 'Weekly report, please.',
    input: `W${n}, Rosa\nboats in: ${n + 3}\ncrane fixed`,
    output: `Weekly report · W${n} · Rosa\nDone\n- Crane fixed\nNumbers\n- Boats in: ${n + 3}`,
    lang: 'en',
  });
  return [...Array.from({ length: answers }, (_, i) => qa(i + 1)), ...Array.from({ length: reports }, (_, i) => report(i + 10))];
}

/** A workspace with a team's examples and an open run on them; every fourth row is held out. */
export async function teamRun(db: Db, wishes: Dials, examples = teamExamples(8, 4)) {
  const rows = await someWorkspace(db);
  await importExamples(db, rows.workspace, rows.ada, examples);
  return { ...rows, run: await anotherRun(db, rows, wishes) };
}

export async function anotherRun(db: Db, { workspace, ada }: { workspace: number; ada: number }, wishes: Dials): Promise<RunRow> {
  const approved = await approvedExamples(db, workspace);
  const members = approved.map(({ revision }, i) => ({ revision, part: i % 4 === 3 ? ('heldout' as const) : ('train' as const) }));
  return startRun(db, workspace, { requestedBy: ada, channel: 'C1', members, wishes });
}
