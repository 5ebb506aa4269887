// Whether the base reads the language: measured on the rows, said in both languages, with the real model where it can be had.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../src/model/row.ts';
import { projectRoot } from '../../src/root.ts';
import { say } from '../../src/words/words.ts';
import type { Generator } from '../../worker/engine/generator.ts';
import { openLocalEngine } from '../../worker/engine/local.ts';
import { measureReading, readingDoubts, readingWarnings } from '../../worker/reading.ts';
import { type Base, openBase } from '../../worker/workplace.ts';
import { realModel } from '../support/real-model.ts';

const folder = await realModel();
const never = new AbortController().signal;
const sample = (lang: string) => JSON.parse(readFileSync(join(projectRoot(), 'src', 'sample-team', `${lang}.json`), 'utf8')) as Row[];

describe('what is said', () => {
  const few = { rows: 8, tokensPerCharacter: 0.4, lossPerCharacter: 1.2 };

  it('nothing of a language that the base knows', () => {
    expect(readingWarnings(few)).toEqual([]);
    expect(readingDoubts(few)).toEqual([]);
  });

  it('the numbers, and the model to take instead, where it knows neither the words nor what comes next', () => {
    const [doubt] = readingDoubts({ rows: 8, tokensPerCharacter: 0.95, lossPerCharacter: 2.93 });
    expect(say('en', doubt.code, doubt.values)).toMatch(/8 of your answers.*0\.95 pieces.*2\.9.*Qwen\/Qwen2\.5-0\.5B-Instruct/);
    expect(say('zh', doubt.code, doubt.values)).toMatch(/8 条.*0\.95 块.*2\.9.*Qwen\/Qwen2\.5-0\.5B-Instruct/);
  });

  it('no doubt of a base that reads small pieces and sees them coming', () => {
    expect(readingDoubts({ ...few, tokensPerCharacter: 1.1, lossPerCharacter: 2 })).toEqual([]);
  });

  it('a warning, and no doubt, of one that has the words and is at a loss all the same', () => {
    const lost = { ...few, lossPerCharacter: 5 };
    expect(readingDoubts(lost)).toEqual([]);
    expect(readingWarnings(lost)).toEqual([{ code: 'worker.baseAtALoss', values: { rows: 8, loss: '5.0' } }]);
  });
});

describe.skipIf(!folder)('the default model', () => {
  let base: Base;
  let generator: Generator;
  beforeAll(async () => {
    base = await openBase(folder!);
    generator = await openLocalEngine({ folder: folder!, threads: 2, precision: 'f32' });
  });
  afterAll(() => generator.close());

  it('reads the English sample team', async () => {
    const reading = await measureReading(base, generator, sample('en'), never);
    expect(reading).toMatchObject({ rows: 8 });
    expect(reading.lossPerCharacter).toBeLessThan(2);
    expect(readingWarnings(reading)).toEqual([]);
  }, 60_000);

  it('does not read the Chinese one', async () => {
    const reading = await measureReading(base, generator, sample('zh'), never);
    expect(reading.lossPerCharacter).toBeGreaterThan(2.5);
    expect(readingDoubts(reading).map(({ code }) => code)).toEqual(['worker.language']);
  }, 60_000);

  it('stops measuring when the run is cancelled', async () => {
    const cancelled = AbortSignal.abort(new Error('cancelled'));
    await expect(measureReading(base, generator, sample('en'), cancelled)).rejects.toThrow('cancelled');
  });
});
