// The base model goes missing or is damaged while the worker runs: the run says so in one sentence; put back, the next run works.
import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { say } from '../../src/words/words.ts';
import { openBase } from '../../worker/workplace.ts';
import { copyOf, tinyFolder } from '../support/models.ts';
import { anotherRun, teamRun, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const at = workplaceOfThisFile();
const WISHES = { epochs: 1, batch: 4, replay: 0 };
const WEIGHTS = 'model.safetensors';

it.each<[string, (weights: string) => void, RegExp]>([
  ['its weights are gone', weights => rmSync(weights), /has no model\.safetensors/],
  ['its weights are cut off', weights => writeFileSync(weights, 'x'.repeat(100)), /model\.safetensors/],
  [
    'its weights are another model’s',
    weights => cpSync(join(tinyFolder('tiny-llama-bf16'), WEIGHTS), weights),
    /prepared for the base model/,
  ],
])('%s', async (_, damage, said) => {
  const folder = copyOf('tiny-llama');
  const weights = join(folder, WEIGHTS);
  const place = { ...at.place, base: await openBase(folder) };
  cpSync(weights, `${weights}.kept`);
  damage(weights);
  const team = await teamRun(at.db, WISHES);
  const failed = await workedOff(place, team.run);
  expect(failed.state).toBe('failed');
  const sentence = say('en', failed.failureCode!, failed.failureValues!);
  expect(sentence).toMatch(said);
  expect(sentence).not.toMatch(/\n/);

  rmSync(weights, { force: true });
  renameSync(`${weights}.kept`, weights);
  expect(await workedOff(place, await anotherRun(at.db, team, WISHES))).toMatchObject({ state: 'done' });
});
