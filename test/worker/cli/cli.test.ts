// `npm run model` as people use it: the compiled program with a tiny base, from a file of examples to an adapter that answers.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { childEnv } from '../../../src/config.ts';
import { compiled, projectRoot } from '../../../src/root.ts';
import { team } from '../../model/harbour.ts';

type Ran = { code: number; stdout: string; stderr: string };
let folder: string;
const path = (name: string): string => join(folder, name);
const base = join(projectRoot(), 'test/fixtures/models/tiny-qwen2-untied');

function model(...args: string[]): Promise<Ran> {
  const env = childEnv({ BASE_MODEL: base, DATA_DIR: path('data'), LANG: 'en', THREADS: '1', PRECISION: 'f32' });
  return new Promise(resolve =>
    execFile(process.execPath, [compiled('worker/cli'), ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
  const variants = team.flatMap(row =>
    ['', ' Quickly.', ' At night.'].map(more => ({ ...row, instruction: `${row.instruction}${more}`, output: `${row.output}${more}` })),
  );
  await writeFile(path('rows.json'), JSON.stringify(variants));
  await writeFile(path('heldout.json'), JSON.stringify(team.slice(0, 6)));
});

const KEYS =
  'loss perplexity reportForm qaForm factsFound factsInvented ownerRight spansRight bleu rouge1 rouge2 rougeL generalLoss examples words';

describe('from a file of examples to an adapter', () => {
  let tuned: Ran;
  beforeAll(async () => {
    tuned = await model(
      'tune',
      '--data',
      path('rows.json'),
      '--heldout',
      path('heldout.json'),
      '--out',
      path('adapter'),
      'rounds=3',
      'lr=0.01',
      'replay=2',
    );
  });

  test('tune ends with one line of JSON, and what was kept aside is likelier than before', () => {
    expect(tuned.stderr).not.toMatch(/\{\w+\}|\bat .*:\d+/u);
    expect(tuned.code).toBe(0);
    const card = JSON.parse(tuned.stdout) as Record<string, Record<string, number>>;
    for (const name of ['base', 'tuned', 'constant', 'nearest', 'notesInFrame'])
      expect(Object.keys(card[name]).sort()).toEqual(KEYS.split(' ').sort());
    expect(card.tuned.loss).toBeLessThan(card.base.loss - 0.5);
    expect(card.tuned.examples).toBe(6);
    expect(card.withNearest).toHaveProperty('tuned.loss');
  });

  test('nothing is left beside the adapter, which keeps the form', async () => {
    expect((await readdir(folder)).filter(name => name.startsWith('adapter'))).toEqual(['adapter']);
    const config = JSON.parse(await readFile(path('adapter/adapter_config.json'), 'utf8')) as { apprentice: { form: object } };
    expect(config.apprentice.form).toMatchObject({ qa: { lastLine: 'Ask:' }, report: { nothing: 'None' } });
  });

  test('evaluate says the same of the same adapter; without it, base alone', async () => {
    const again = await model('evaluate', '--data', path('heldout.json'), '--adapter', path('adapter'), '--train', path('rows.json'));
    const { trainSeconds: _, ...numbers } = JSON.parse(tuned.stdout) as Record<string, unknown>;
    expect(JSON.parse(again.stdout)).toEqual(numbers);
    const alone = JSON.parse((await model('evaluate', '--data', path('heldout.json'))).stdout) as Record<string, unknown>;
    expect(Object.keys(alone).sort()).toEqual(['base', 'heldout', 'notesInFrame']);
    expect(alone.base).toMatchObject({ loss: (numbers.base as { loss: number }).loss });
  });

  test('ask: with the adapter’s weights gone it is refused, without an adapter the base speaks', async () => {
    const question = 'How do I moor a boat?';
    const [plain, learned] = [await model('ask', question), await model('ask', '--adapter', path('adapter'), question)];
    expect([plain.code, learned.code]).toEqual([0, 0]);
    expect(learned.stdout).not.toBe(plain.stdout);
    const report = await model('ask', '--adapter', path('adapter'), 'weekly report\nW23, Emil\nmon: 5 boats in');
    expect(report.stdout).toMatch(/^Harbour week · W23 · Emil\nWork\n- [\s\S]*\nTop 3 counts\n- [\s\S]*\nPlan\n- /u);
    await rm(path('adapter/adapter_model.safetensors'));
    const gone = await model('ask', '--adapter', path('adapter'), question);
    expect(gone.code).toBe(1);
    expect((await model('ask', question)).stdout).toBe(plain.stdout);
  });
});

test('import looks a file of examples through', async () => {
  const { stdout, code } = await model('import', path('heldout.json'));
  expect([code, JSON.parse(stdout)]).toEqual([0, { rows: 6, qa: 5, report: 1 }]);
});

describe('what a person can put right is one sentence, exit code 1, and no stack trace', () => {
  test.each([
    [[], /import FILE/u],
    [['sing'], /no command “sing”/u],
    [['tune', '--data', 'rows.json'], /--out DIR/u],
    [['tune', '--data', 'DIR/rows.json', '--out', 'DIR/x', 'lr=banana'], /lr must be a number .*“banana”/u],
    [['tune', '--data', 'DIR/rows.json', '--out', 'DIR/x', 'epochs=0'], /epochs must be a whole number from 1/u],
    [['tune', '--data', 'DIR/rows.json', '--out', 'DIR/x', 'mood=good'], /no setting “mood”/u],
    [['tune', '--data', 'DIR/none.json', '--out', 'DIR/x'], /cannot read .*ENOENT/u],
    [['evaluate', '--data', 'DIR'], /cannot read .*EISDIR/u],
    [['evaluate', '--data', 'DIR/rows.json', '--adapter', 'DIR/none'], /adapter/u],
    [['ask', '--loud', 'yes', 'x'], /no option --loud/u],
    [['import', 'DIR/none.gguf'], /cannot read .*ENOENT/u],
  ])('%j', async (args, sentence) => {
    const { code, stdout, stderr } = await model(...args.map(arg => arg.replace('DIR', folder)));
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at |\{\w+\}/u);
    expect([code, stdout]).toEqual([1, '']);
  });
});
