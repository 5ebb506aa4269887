// The compiled trainer as its owner sees it: a child process that is told to pause, to leave, and that is killed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readAdapter } from '../../src/model/adapter.ts';
import { keptStep } from '../../src/model/kept-round.ts';
import { compiled } from '../../src/root.ts';
import { say } from '../../src/words/words.ts';
import { checkpointsIn } from '../../worker/builtin/checkpoint.ts';
import { type RunningTrainer, startTrainer, type TrainerEvent, type TrainerOutcome } from '../../worker/trainer.ts';
import { runFolder, someRows } from './run-folder.ts';

const program = { program: process.execPath, args: [compiled('worker/builtin/main')] };

/** Runs the trainer to its end; `on` may act on the running trainer at each event. */
async function runTrainer(runDir: string, on: (event: TrainerEvent, trainer: RunningTrainer) => void = () => {}) {
  const events: TrainerEvent[] = [];
  const trainer: RunningTrainer = startTrainer({
    ...program,
    runDir,
    onEvent: event => {
      events.push(event);
      on(event, trainer);
    },
  });
  const outcome: TrainerOutcome = await trainer.done;
  return { events, outcome };
}

const of = <E extends TrainerEvent['event']>(events: TrainerEvent[], kind: E) =>
  events.filter((event): event is Extract<TrainerEvent, { event: E }> => event.event === kind);
const losses = (events: TrainerEvent[]) => new Map(of(events, 'step').map(event => [event.step, event.loss]));
const adapterBytes = (out: string) => readFileSync(join(out, 'adapter', 'adapter_model.safetensors'));

test('a run tells its whole story, and its adapter is one of the base', async () => {
  const { folder, run, base } = await runFolder(someRows(16, 4));
  const { events, outcome } = await runTrainer(folder);
  expect(outcome.event).toBe('done');
  const [started] = of(events, 'started');
  expect([started.steps, started.resumedAt]).toEqual([12, 0]);
  expect(of(events, 'step').map(event => event.step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  expect(of(events, 'heldout').map(event => [event.step, event.epoch])).toEqual([0, 4, 8, 12].map(step => [step, step / 4]));
  expect(of(events, 'checkpoint').map(event => event.step)).toEqual([5, 10]);
  const kept = keptStep(of(events, 'heldout').map(({ step, loss }) => [step, loss]));
  const best = of(events, 'heldout').find(({ step }) => step === kept)!;
  const [done] = of(events, 'done');
  expect(done.bestStep).toBe(best.step);
  expect(done.peakBytes).toBeGreaterThan(0);
  const adapter = readAdapter(done.folder, base);
  expect(adapter.spec).toEqual({ rank: run.settings.rank, alpha: run.settings.alpha, targets: run.settings.targets });
  expect(adapter.flat.length).toBe(started.trainable);
  expect(best.loss).toBeLessThan(of(events, 'heldout')[0].loss);
});

test('killed in mid-run, it goes on with the same curve and ends in the same adapter, to the bit', async () => {
  const rows = someRows(16, 4);
  const change = { settings: { epochs: 60 } };
  const whole = await runFolder(rows, change);
  const uninterrupted = await runTrainer(whole.folder);

  const first = await runFolder(rows, change);
  const killed = await runTrainer(first.folder, (event, { pid }) => {
    if (event.event === 'checkpoint' && event.step === 40) process.kill(pid!, 'SIGKILL');
  });
  expect(killed.outcome).toMatchObject({ event: 'killed', signal: 'SIGKILL' });
  const [checkpoint] = await checkpointsIn(join(first.run.out, 'checkpoints'));

  const second = await runFolder(rows, { ...change, resume: checkpoint });
  const resumed = await runTrainer(second.folder);
  expect(of(resumed.events, 'started')[0].resumedAt).toBeGreaterThanOrEqual(40);
  expect(resumed.outcome.event).toBe('done');
  const all = losses(uninterrupted.events);
  for (const [step, loss] of [...losses(killed.events), ...losses(resumed.events)]) expect(loss).toBe(all.get(step));
  expect(Math.max(...losses(resumed.events).keys())).toBe(240);
  expect(adapterBytes(second.run.out)).toEqual(adapterBytes(whole.run.out));
});

test('SIGTERM: a checkpoint, then `stopped`; the run goes on from there', async () => {
  const { folder, run } = await runFolder(someRows(16, 4), { settings: { epochs: 100 }, checkpointEvery: 1000 });
  const { events, outcome } = await runTrainer(folder, (event, trainer) => {
    if (event.event === 'step' && event.step === 7) void trainer.stop();
  });
  expect(outcome.event).toBe('stopped');
  const [checkpoint] = of(events, 'checkpoint');
  expect(outcome).toMatchObject({ step: checkpoint.step });
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...run, resume: checkpoint.folder }));
  const resumed = await runTrainer(folder);
  expect(of(resumed.events, 'started')[0].resumedAt).toBe(checkpoint.step);
  expect(resumed.outcome.event).toBe('done');
});

test('a damaged checkpoint to go on from means the one before it', async () => {
  const { folder, run } = await runFolder(someRows(16, 4));
  await runTrainer(folder);
  const [newest, older] = await checkpointsIn(join(run.out, 'checkpoints'));
  writeFileSync(join(newest, 'arrays.f32'), 'damaged');
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...run, resume: newest }));
  const { events, outcome } = await runTrainer(folder);
  expect(of(events, 'started')[0].resumedAt).toBe(Number(older.slice(-8)));
  expect(outcome.event).toBe('done');
});

test('paused, it takes no step until it may go on', async () => {
  const { folder } = await runFolder(someRows(16, 4), { settings: { epochs: 20 } });
  let seen = 0;
  let trainer!: RunningTrainer;
  let whilePaused: number | undefined;
  const running = runTrainer(folder, async (event, it) => {
    trainer = it;
    if (event.event === 'step') seen++;
    if (event.event === 'step' && event.step === 3) {
      it.pause();
      // Steps that were under way when the word arrived.
      await setTimeout(500);
      const before = seen;
      await setTimeout(500);
      whilePaused = seen - before;
      it.resume();
    }
  });
  const { outcome } = await running;
  expect(trainer.pid).toBeGreaterThan(0);
  expect(whilePaused).toBe(0);
  expect(outcome.event).toBe('done');
});

test('when the owner is gone — stdin at its end, nobody reads stdout — it saves and leaves', async () => {
  const { folder, run } = await runFolder(someRows(16, 4), { settings: { epochs: 100_000 }, checkpointEvery: 1_000_000 });
  const child = spawn(program.program, [...program.args, folder], { stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', data => void (stderr += data));
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"step":20,')) break;
  child.stdout.destroy();
  child.stdin.end();
  const [exitCode] = await once(child, 'exit');
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(await checkpointsIn(join(run.out, 'checkpoints'))).toHaveLength(1);
});

test.each([
  ['without an answer', 'trainer.rowsWithoutAnswer', { ids: [1, 2, 3], answer: 3, part: 'train' }],
  ['too long for the model', 'trainer.rowsTooLong', { ids: Array.from({ length: 513 }, () => 5), answer: 3, part: 'train' }],
  ['of another vocabulary', 'trainer.rowsForeignTokens', { ids: [1, 2, 320], answer: 1, part: 'heldout' }],
  ['that are no rows', 'trainer.rowsUnreadable', { ids: 'abc' }],
])('rows %s are refused by their numbers', async (_, code, bad) => {
  const rows = someRows(4, 0);
  const { folder, run } = await runFolder([rows[0], bad as never, rows[1], bad as never]);
  const { outcome } = await runTrainer(folder);
  expect(outcome).toMatchObject({ event: 'failed', kind: 'input', code, rows: [2, 4] });
  const sentence = say('en', code, (outcome as Extract<TrainerOutcome, { event: 'failed' }>).values);
  expect(sentence).toContain('2, 4');
  expect(sentence).not.toContain('{');
  expect(existsSync(run.out)).toBe(false);
});

test('another base than the run was made for is refused', async () => {
  const { folder } = await runFolder(someRows(4, 0), { fingerprint: 'f'.repeat(64) });
  expect((await runTrainer(folder)).outcome).toMatchObject({ event: 'failed', kind: 'input', code: 'trainer.otherBase' });
});

test('settings that make no sense are refused with the name of the entry', async () => {
  const { folder } = await runFolder(someRows(4, 0), { settings: { epochs: 0 } });
  const { outcome } = await runTrainer(folder);
  expect(outcome).toMatchObject({ event: 'failed', kind: 'input', code: 'trainer.badRun', values: { entry: 'settings.epochs' } });
});

test('numbers that run away end the run as diverged, and no adapter is published', async () => {
  const { folder, run } = await runFolder(someRows(16, 4), { settings: { learningRate: 1e30, epochs: 20 } });
  const { outcome } = await runTrainer(folder);
  expect(outcome).toMatchObject({ event: 'failed', kind: 'diverged', code: 'trainer.diverged' });
  // The rows that were looked at when it happened, by their lines.
  const { rows = [] } = outcome as { rows?: number[] };
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(line => line >= 1 && line <= 20)).toBe(true);
  expect(existsSync(join(run.out, 'adapter'))).toBe(false);
});
