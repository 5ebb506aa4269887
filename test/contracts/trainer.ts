// What every trainer program does, whatever it is written in: worker/trainer.ts is the protocol, this holds each of them to it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { readAdapter } from '../../src/model/adapter.ts';
import { keptStep } from '../../src/model/kept-round.ts';
import { say } from '../../src/words/words.ts';
import { checkpointsIn } from '../../worker/builtin/checkpoint.ts';
import type { TrainerProgram } from '../../worker/choose-trainer.ts';
import type { TrainerOutcome } from '../../worker/trainer.ts';
import { runFolder, someRows } from '../builtin/run-folder.ts';
import { copyOf } from '../support/models.ts';
import { adapterBytes, lossesOf, of, runTrainer } from '../support/trainer.ts';

/** Registers the tests; call it at the top of a test file. */
export function trainerContract({ name, start }: TrainerProgram): void {
  const run = (runDir: string, on?: Parameters<typeof runTrainer>[2]) => runTrainer(start, runDir, on);

  describe(`the ${name} trainer`, () => {
    test('a run tells its whole story, and its adapter is one of the base', async () => {
      const { folder, run: file, base } = await runFolder(someRows(16, 4));
      const { events, outcome } = await run(folder);
      expect(outcome).toMatchObject({ event: 'done' });
      const [started] = of(events, 'started');
      expect([started.steps, started.resumedAt]).toEqual([12, 0]);
      expect(of(events, 'step').map(event => event.step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
      expect(of(events, 'heldout').map(event => [event.step, event.epoch])).toEqual([0, 4, 8, 12].map(step => [step, step / 4]));
      expect(of(events, 'checkpoint').map(event => event.step)).toEqual([5, 10]);
      const kept = keptStep(of(events, 'heldout').map(({ step, loss }) => [step, loss]));
      const best = of(events, 'heldout').find(({ step }) => step === kept)!;
      const [done] = of(events, 'done');
      expect(done.bestStep).toBe(best.step);
      expect(done.peakBytes).toBeGreaterThanOrEqual(Math.max(...of(events, 'step').map(({ bytes }) => bytes)) * 0.5);
      const adapter = readAdapter(done.folder, base);
      expect(adapter.spec).toEqual({ rank: file.settings.rank, alpha: file.settings.alpha, targets: file.settings.targets });
      expect(adapter.flat.length).toBe(started.trainable);
      expect(best.loss).toBeLessThan(of(events, 'heldout')[0].loss);
      // A server under another user opens it, and nothing else is published.
      expect(readdirSync(done.folder).sort()).toEqual(['adapter_config.json', 'adapter_model.safetensors']);
      for (const published of readdirSync(done.folder)) expect(statSync(join(done.folder, published)).mode & 0o777).toBe(0o644);
    });

    test('killed in mid-run, it goes on with the same curve and ends in the same adapter, to the bit', async () => {
      const rows = someRows(16, 4);
      const change = { settings: { epochs: 60 } };
      const whole = await runFolder(rows, change);
      const uninterrupted = await run(whole.folder);

      const first = await runFolder(rows, change);
      const killed = await run(first.folder, (event, { pid }) => {
        if (event.event === 'checkpoint' && event.step === 40) process.kill(pid!, 'SIGKILL');
      });
      expect(killed.outcome).toMatchObject({ event: 'killed', signal: 'SIGKILL' });
      const [checkpoint] = await checkpointsIn(join(first.run.out, 'checkpoints'));

      const second = await runFolder(rows, { ...change, resume: checkpoint });
      const resumed = await run(second.folder);
      expect(of(resumed.events, 'started')[0].resumedAt).toBeGreaterThanOrEqual(40);
      expect(resumed.outcome.event).toBe('done');
      const all = lossesOf(uninterrupted.events);
      for (const [step, loss] of [...lossesOf(killed.events), ...lossesOf(resumed.events)]) expect(loss).toBe(all.get(step));
      expect(Math.max(...lossesOf(resumed.events).keys())).toBe(240);
      expect(adapterBytes(second.run.out)).toEqual(adapterBytes(whole.run.out));
    });

    test('SIGTERM: a checkpoint, then `stopped`; the run goes on from there, and from the one before where that is damaged', async () => {
      const { folder, run: file } = await runFolder(someRows(16, 4), { settings: { epochs: 100 }, checkpointEvery: 3 });
      const { events, outcome } = await run(folder, (event, trainer) => {
        if (event.event === 'step' && event.step === 7) void trainer.stop();
      });
      expect(outcome.event).toBe('stopped');
      const checkpoint = of(events, 'checkpoint').at(-1)!;
      expect(outcome).toMatchObject({ step: checkpoint.step });
      writeFileSync(join(checkpoint.folder, 'arrays.f32'), 'damaged');
      const [, older] = await checkpointsIn(join(file.out, 'checkpoints'));
      writeFileSync(join(folder, 'run.json'), JSON.stringify({ ...file, resume: checkpoint.folder }));
      const resumed = await run(folder, (event, trainer) => {
        if (event.event === 'step') void trainer.stop();
      });
      expect(of(resumed.events, 'started')[0].resumedAt).toBe(Number(older.slice(-8)));
      expect(resumed.outcome.event).toBe('stopped');
    });

    test('paused, it takes no step until it may go on', async () => {
      const { folder } = await runFolder(someRows(16, 4), { settings: { epochs: 20 } });
      let seen = 0;
      let whilePaused: number | undefined;
      const { outcome } = await run(folder, async (event, it) => {
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
      expect(whilePaused).toBe(0);
      expect(outcome.event).toBe('done');
    });

    test('when the owner is gone — stdin at its end, nobody reads stdout — it saves and leaves', async () => {
      const { folder, run: file } = await runFolder(someRows(16, 4), { settings: { epochs: 100_000 }, checkpointEvery: 1_000_000 });
      const child = spawn(start.program, [...start.args, folder], { stdio: ['pipe', 'pipe', 'pipe'], env: start.env });
      let stderr = '';
      child.stderr.on('data', data => void (stderr += data));
      for await (const line of createInterface({ input: child.stdout })) if (/"step": ?20,/.test(line)) break;
      child.stdout.destroy();
      child.stdin.end();
      const [exitCode] = await once(child, 'exit');
      expect([exitCode, stderr]).toEqual([0, '']);
      expect(await checkpointsIn(join(file.out, 'checkpoints'))).toHaveLength(1);
    });

    test.each([
      ['without an answer', 'trainer.rowsWithoutAnswer', { ids: [1, 2, 3], answer: 3, part: 'train' }],
      ['too long for the model', 'trainer.rowsTooLong', { ids: Array.from({ length: 513 }, () => 5), answer: 3, part: 'train' }],
      ['of another vocabulary', 'trainer.rowsForeignTokens', { ids: [1, 2, 320], answer: 1, part: 'heldout' }],
      ['that are no rows', 'trainer.rowsUnreadable', { ids: 'abc' }],
    ])('rows %s are refused by their numbers', async (_, code, bad) => {
      const rows = someRows(4, 0);
      const { folder, run: file } = await runFolder([rows[0], bad as never, rows[1], bad as never]);
      const { outcome } = await run(folder);
      expect(outcome).toMatchObject({ event: 'failed', kind: 'input', code, rows: [2, 4] });
      expect(sentenceOf(outcome)).toContain('2, 4');
      expect(existsSync(file.out)).toBe(false);
    });

    test('a base that is another one, damaged or not there, settings that make no sense and an empty folder are refused', async () => {
      const refused = async (folder: string) => {
        const { outcome } = await run(folder);
        expect(outcome).toMatchObject({ event: 'failed', kind: 'input' });
        expect(sentenceOf(outcome)).toMatch(/^\S.*\.$/);
        return outcome as Extract<TrainerOutcome, { event: 'failed' }>;
      };
      const one = async (change: Parameters<typeof runFolder>[1]) => (await runFolder(someRows(4, 0), change)).folder;
      expect((await refused(await one({ fingerprint: 'f'.repeat(64) }))).code).toBe('trainer.otherBase');
      expect(await refused(await one({ settings: { epochs: 0 } }))).toMatchObject({
        code: 'trainer.badRun',
        values: { entry: 'settings.epochs' },
      });
      const [missing, damaged, nothing] = [copyOf('tiny-llama'), copyOf('tiny-llama'), await one({})];
      rmSync(join(missing, 'model.safetensors'));
      expect((await refused(await one({ base: missing }))).code).toBe('model.fileMissing');
      writeFileSync(join(damaged, 'config.json'), '{');
      expect((await refused(await one({ base: damaged }))).code).toBe('model.jsonDamaged');
      expect((await refused(await one({ base: join(missing, 'nowhere') }))).code).toBe('model.folderMissing');
      rmSync(join(nothing, 'rows.jsonl'));
      expect((await refused(nothing)).code).toBe('trainer.noRows');
      rmSync(join(nothing, 'run.json'));
      expect((await refused(nothing)).code).toBe('trainer.noRun');
    });

    test('numbers that run away end the run as diverged, and no adapter is published', async () => {
      const { folder, run: file } = await runFolder(someRows(16, 4), { settings: { learningRate: 1e30, epochs: 20 } });
      const { outcome } = await run(folder);
      expect(outcome).toMatchObject({ event: 'failed', kind: 'diverged', code: 'trainer.diverged' });
      // The rows that were looked at when it happened, by their lines.
      const { rows = [] } = outcome as { rows?: number[] };
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.every(line => line >= 1 && line <= 20)).toBe(true);
      expect(existsSync(join(file.out, 'adapter'))).toBe(false);
    });
  });
}

function sentenceOf(outcome: TrainerOutcome): string {
  const { code, values } = outcome as Extract<TrainerOutcome, { event: 'failed' }>;
  const sentence = say('en', code, values);
  expect(sentence).not.toContain('{');
  return sentence;
}
