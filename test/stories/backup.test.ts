// What a team has taught survives the loss of its machine: saved while the bot runs, restored into an empty folder, and it goes on there.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { compiled } from '../../src/root.ts';
import { forgetDataDir, npmStart } from '../support/npm-start.ts';
import { personIn } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';
import { teach, train } from '../support/tuned.ts';
import { visit } from '../support/visitor.ts';

vi.setConfig({ testTimeout: 120_000 });

let story: Story;
const folder = mkdtempSync(join(tmpdir(), 'apprentice-backup-story-'));
beforeAll(async () => {
  story = await openStory(platforms.find(({ name }) => name === 'local')!);
});
afterAll(async () => {
  await story?.close();
  forgetDataDir(folder);
});

/** As `npm run backup` and `npm run restore` have it, with nothing else in the environment. */
function backup(args: string[], dataDir: string): { code: number | null; said: string } {
  const { PATH = '', HOME = '' } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiled('src/backup'), ...args], {
    env: { PATH, HOME, DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

it('is saved beside the running bot, restored elsewhere, and v1 answers there as if nothing had happened', async () => {
  const ada = await story.person('Ada');
  await teach(ada);
  await train(ada, 1);
  const saved = backup(['save', join(folder, 'saved')], story.dataDir);
  expect(saved).toMatchObject({ code: 0, said: expect.stringMatching(/^Saved \d+ rows and \d+ files/) });
  await story.apprentice.stop();
  rmSync(story.dataDir, { recursive: true, force: true });

  const there = join(folder, 'there');
  expect(backup(['restore', join(folder, 'saved')], there)).toMatchObject({ code: 0, said: expect.stringMatching(/^Restored the backup/) });
  expect(backup(['restore', join(folder, 'saved')], there)).toMatchObject({ code: 1, said: expect.stringMatching(/rows in it already/) });
  const apprentice = await npmStart(there);
  try {
    const again = await personIn(await visit(apprentice.address), 'Ada', apprentice.output);
    await again.sees(/^Run 1 · done: v1/);
    const question = await again.say('@apprentice Where is the office?');
    await again.sees(/\[Better answer\]/, { thread: question });
  } finally {
    await apprentice.stop();
  }
});
