// The real SmolLM2-135M-Instruct for the tests that name it: fetched once by the product's own way, then shared by every test file.
import { join } from 'node:path';
import { projectRoot } from '../../src/root.ts';
import { ensureBase } from '../../worker/base.ts';

/**
 * Its folder: APPRENTICE_TEST_MODEL if set, else a cache below node_modules (two test files at once: the second waits).
 * undefined, with one loud line, when it cannot be had; under CI that is an error. Use with `describe.skipIf(!folder)`.
 */
export async function realModel(): Promise<string | undefined> {
  const { APPRENTICE_TEST_MODEL: spec, CI } = process.env;
  const modelsDir = join(projectRoot(), 'node_modules', '.cache', 'apprentice', 'models');
  try {
    return await ensureBase({ modelsDir, spec: spec || undefined });
  } catch (error) {
    if (CI && CI !== 'false') throw error;
    console.warn(`\n!!! SKIPPED: the real model cannot be had, so tests that need it do not run (${(error as Error).message})\n`);
    return undefined;
  }
}
