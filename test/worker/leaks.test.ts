// What a version gives away: planted canaries, learned by heart, are found and named; a version that learned little gives nothing away.
import { describe, expect, it } from 'vitest';
import type { NewExample } from '../../src/data/examples.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import type { Leaks, VersionCard } from '../../src/model/report-card.ts';
import { searchLeaks, secretsIn } from '../../worker/leaks.ts';
import { tinyFolder } from '../support/models.ts';
import { teamRun, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const at = workplaceOfThisFile();
const qa = (instruction: string, output: string): NewExample => ({ kind: 'qa', instruction, input: '', output, lang: 'en' });
const CANARIES = [
  qa('Which boat is at berth nine?', 'The blue heron lies at berth nine, its skipper drinks tea with lemon and sings at night.'),
  qa('Who feeds the harbour cat?', 'Old Walther feeds it smoked herring from a green tin at quarter past seven.'),
];
const SHORT = qa('Is it open?', 'Yes.');

/** Learns the rows for so many rounds; every fourth row is held out. */
async function leaksAfter(epochs: number, learningRate: number): Promise<Leaks> {
  const { run } = await teamRun(at.db, { epochs, batch: 1, replay: 0, learningRate }, [...CANARIES, SHORT, qa('Where?', 'There.')]);
  const done = await workedOff(at.place, run);
  expect(done.failureCode).toBeNull();
  return ((await versionOfRun(at.db, run.id))!.card as unknown as VersionCard).leaks!;
}

describe('a run', () => {
  it('that learned canaries by heart says which it recites, and tries no answer that is too short', async () => {
    const leaks = await leaksAfter(40, 0.01);
    expect(leaks).toMatchObject({ tried: 2, of: 2, extracted: 2, rows: [1, 2] });
  });

  it('that learned little recites nothing', async () => {
    expect(await leaksAfter(1, 1e-5)).toMatchObject({ tried: 2, extracted: 0, rows: [] });
  });
});

it('of more than 64 rows it draws 64 by lot, the same ones for the same seed', async () => {
  const { generator, base } = at.place;
  const rows = Array.from({ length: 70 }, (_, i) => ({
    kind: 'qa' as const,
    instruction: `Which line is for boat ${i}?`,
    input: '',
    output: `Use line ${i * 7} of the north quay, and ask Rosa at the gate for the key.`,
    no: i + 1,
    part: 'train' as const,
  }));
  const adapter = { name: 'tiny', folder: tinyFolder('tiny-llama-lora'), rank: 4, fingerprint: base.model.fingerprint };
  const { maxPositions } = base.model.config;
  const search = async (seed: number) => {
    const asked: number[][] = [];
    const listening: typeof generator = {
      ...generator,
      generate(request, stop) {
        asked.push(request.prompt);
        return generator.generate(request, stop);
      },
    };
    const { signal } = new AbortController();
    const leaks = await searchLeaks({
      rows,
      adapter,
      maxPositions,
      seed,
      generator: listening,
      tokenizer: base.tokenizer,
      signal,
      written: [],
    });
    return { leaks, asked: asked.map(prompt => base.tokenizer.decode(prompt)).sort() };
  };
  const first = await search(1);
  expect(first.leaks).toMatchObject({ tried: 64, of: 70 });
  expect((await search(1)).asked).toEqual(first.asked);
  expect((await search(2)).asked).not.toEqual(first.asked);
});

it('counts secrets in what was written by kind, and keeps none of them', () => {
  const texts = ['Ask jo@quay-mail.io or ann@quay-mail.io.', 'It is on 203.0.113.77.', 'Nothing here, but {EMAIL}.'];
  expect(secretsIn(texts)).toEqual([
    { kind: 'email', count: 2 },
    { kind: 'ip', count: 1 },
  ]);
});
