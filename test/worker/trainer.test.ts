// The starter of trainers, with other programs than ours: what they may say, and how they may end.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { Refusal } from '../../src/problem.ts';
import { startTrainer, type TrainerEvent, type TrainerStart } from '../../worker/trainer.ts';

const folder = mkdtempSync(join(tmpdir(), 'apprentice-trainer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const STARTED = { event: 'started', trainable: 1, steps: 2, resumedAt: 0, device: 'cpu' };
const STOPPED = { event: 'stopped', step: 1 };
let count = 0;

/** Starts a trainer that is these lines of JavaScript; `say` prints an event. */
function start(script: string, more: Partial<TrainerStart> = {}) {
  const file = join(folder, `${count++}.mjs`);
  writeFileSync(file, `const say = event => console.log(typeof event === 'string' ? event : JSON.stringify(event));\n${script}`);
  const events: TrainerEvent[] = [];
  const trainer = startTrainer({
    program: process.execPath,
    args: [file],
    runDir: folder,
    onEvent: event => void events.push(event),
    ...more,
  });
  return { ...trainer, events };
}

test('the last event is the outcome, whatever the exit code', async () => {
  const trainer = start(`say(${JSON.stringify(STARTED)}); say(${JSON.stringify(STOPPED)}); process.exitCode = 1;`);
  expect(await trainer.done).toMatchObject(STOPPED);
  expect(trainer.events).toEqual([STARTED, STOPPED]);
});

test('the run folder is the last argument and the environment is the one given', async () => {
  const trainer = start(
    "say({event: 'failed', kind: 'bug', code: process.argv.at(-1), values: {a: process.env.A ?? '', path: process.env.PATH ?? ''}})",
    {
      env: { A: 'given' },
    },
  );
  expect(await trainer.done).toMatchObject({ code: folder, values: { a: 'given', path: '' } });
});

test('no last word means killed, with the signal, or the code, and what it told people', async () => {
  const killed = start(`say(${JSON.stringify(STARTED)}); process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);`);
  expect(await killed.done).toMatchObject({ event: 'killed', signal: 'SIGKILL', exitCode: null });
  const crashed = start("for (let i = 0; i < 50; i++) console.error('line ' + i); process.exit(3);");
  const outcome = await crashed.done;
  expect(outcome).toMatchObject({ event: 'killed', signal: null, exitCode: 3 });
  expect(outcome.stderr.split('\n').at(-1)).toBe('line 49');
  expect(outcome.stderr.split('\n').length).toBeLessThan(50);
});

test.each(['loading model…', '{"event":"step","step":1}', '{"event":"holiday"}', '{"event":'])('%s is no event: an error', async line => {
  const trainer = start(`say(${JSON.stringify(line)}); setInterval(() => {}, 1000);`);
  const error = await trainer.done.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Refusal);
  expect((error as Refusal).problem).toEqual({ code: 'trainer.badLine', values: { line } });
});

test('a program that is not there is refused by its name', async () => {
  const error = await start('', { program: join(folder, 'no-such-program') }).done.catch((e: unknown) => e);
  expect((error as Refusal).problem.code).toBe('trainer.cannotStart');
});

test('pause and resume are lines on its stdin, and closing our side is not needed', async () => {
  const trainer = start(`
    import { createInterface } from 'node:readline';
    say(${JSON.stringify(STARTED)});
    let heard = '';
    for await (const line of createInterface({ input: process.stdin })) {
      heard += line + ' ';
      if (line === 'resume') { say({event: 'failed', kind: 'bug', code: heard, values: {}}); process.exit(0); }
    }`);
  trainer.pause();
  trainer.resume();
  expect(await trainer.done).toMatchObject({ code: 'pause resume ' });
});

test('stop is SIGTERM first; one that does not listen is killed after the grace time', async () => {
  const polite = start(
    `process.on('SIGTERM', () => { say(${JSON.stringify(STOPPED)}); process.exit(0); }); say(${JSON.stringify(STARTED)}); setInterval(() => {}, 1000);`,
    {
      onEvent: event => void (event.event === 'started' && polite.stop()),
    },
  );
  expect(await polite.done).toMatchObject(STOPPED);
  const deaf = start(`process.on('SIGTERM', () => {}); say(${JSON.stringify(STARTED)}); setInterval(() => {}, 1000);`, {
    graceMs: 100,
    onEvent: event => void (event.event === 'started' && deaf.stop()),
  });
  expect(await deaf.done).toMatchObject({ event: 'killed', signal: 'SIGKILL' });
});

test('an aborted signal stops it, also one that was aborted before', async () => {
  const controller = new AbortController();
  const trainer = start(`say(${JSON.stringify(STARTED)}); setInterval(() => {}, 1000);`, {
    signal: controller.signal,
    onEvent: () => controller.abort(),
  });
  expect(await trainer.done).toMatchObject({ event: 'killed', signal: 'SIGTERM' });
  expect(await start('setInterval(() => {}, 1000);', { signal: AbortSignal.abort() }).done).toMatchObject({ event: 'killed' });
});

test('events are handled one after the other, all of them before the outcome', async () => {
  const handled: number[] = [];
  const trainer = start(`for (let step = 0; step < 5; step++) say({event: 'stopped', step})`, {
    onEvent: async event => {
      await setTimeout(event.event === 'stopped' ? 20 - 4 * event.step : 0);
      handled.push((event as { step: number }).step);
    },
  });
  await trainer.done;
  expect(handled).toEqual([0, 1, 2, 3, 4]);
});

test('a handler that fails stops the trainer, and its error is the outcome', async () => {
  const trainer = start(`say(${JSON.stringify(STARTED)}); setInterval(() => {}, 1000);`, {
    onEvent: async () => {
      throw new Error('the lease is lost');
    },
  });
  await expect(trainer.done).rejects.toThrow('the lease is lost');
});
