// The trainer protocol: a trainer is a program `trainer RUN_DIR`; one JSON event a line on stdout.
// stdin: lines "pause" / "resume", obeyed between two steps; end of file = the owner is gone, leave. stderr is for people.
// SIGTERM = write a checkpoint, then `stopped`. The last event tells the outcome (none = killed), never the exit code.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { Refusal } from '../src/problem.ts';

export type TrainerEvent =
  | { event: 'started'; trainable: number; steps: number; resumedAt: number; device: string }
  | {
      event: 'step';
      step: number;
      epoch: number;
      loss: number;
      learningRate: number;
      gradNorm: number;
      tokens: number;
      ms: number;
      bytes: number;
    }
  /** step 0 is the base */
  | { event: 'heldout'; step: number; epoch: number; loss: number; tokens: number }
  | { event: 'checkpoint'; step: number; folder: string }
  | { event: 'done'; bestStep: number; folder: string; peakBytes: number }
  | { event: 'stopped'; step: number }
  | {
      event: 'failed';
      kind: 'input' | 'memory' | 'diverged' | 'bug';
      code: string;
      values: Record<string, string | number>;
      /** lines of rows.jsonl, from 1 */
      rows?: number[];
    };

const step = z.int().nonnegative();
const count = z.number().nonnegative();
const values = z.record(z.string(), z.union([z.string(), z.number()]));
const Event: z.ZodType<TrainerEvent> = z.discriminatedUnion('event', [
  z.object({ event: z.literal('started'), trainable: count, steps: count, resumedAt: step, device: z.string() }),
  z.object({
    event: z.literal('step'),
    step,
    epoch: count,
    loss: z.number(),
    learningRate: z.number(),
    gradNorm: z.number(),
    tokens: count,
    ms: count,
    bytes: count,
  }),
  z.object({ event: z.literal('heldout'), step, epoch: count, loss: z.number(), tokens: count }),
  z.object({ event: z.literal('checkpoint'), step, folder: z.string() }),
  z.object({ event: z.literal('done'), bestStep: step, folder: z.string(), peakBytes: count }),
  z.object({ event: z.literal('stopped'), step }),
  z.object({
    event: z.literal('failed'),
    kind: z.enum(['input', 'memory', 'diverged', 'bug']),
    code: z.string(),
    values,
    rows: z.array(z.int()).optional(),
  }),
]);

export type TrainerStart = {
  /** e.g. process.execPath with args [compiled('worker/builtin/main')]; the run's folder comes last. */
  program: string;
  args: string[];
  runDir: string;
  /** The child's whole environment; left out, it has ours. */
  env?: Record<string, string | undefined>;
  /** Called with one event after the other; a promise is waited for. If it fails the trainer is stopped and `done` rejects. */
  onEvent(event: TrainerEvent): void | Promise<void>;
  /** Aborting it is `stop()`. */
  signal?: AbortSignal;
  /** How long a trainer may take to write its checkpoint after SIGTERM, before SIGKILL. */
  graceMs?: number;
  /** The program starts others (torchrun): they are a process group of their own, which is signalled and ends as one. */
  group?: boolean;
};

/** How a trainer ended: its last event, or `killed` where it had no last word. `stderr` is the end of what it told people. */
export type TrainerOutcome = { stderr: string; pid: number | undefined } & (
  | Extract<TrainerEvent, { event: 'done' | 'stopped' | 'failed' }>
  | { event: 'killed'; signal: string | null; exitCode: number | null }
);

export type RunningTrainer = {
  pid: number | undefined;
  /** Both are obeyed between two steps. */
  pause(): void;
  resume(): void;
  /** SIGTERM, and SIGKILL after the grace time; resolves when the trainer has ended. */
  stop(): Promise<void>;
  /** SIGKILL, now: nobody wants its checkpoint. */
  kill(): void;
  /** Rejects with a Refusal if the program cannot be started or says something that is no event. */
  done: Promise<TrainerOutcome>;
};

const GRACE_MS = 60_000;
const STDERR_LINES = 20;
const LINE_SHOWN = 200;

/** Starts a trainer, any trainer, on a run's folder. */
export function startTrainer(start: TrainerStart): RunningTrainer {
  const group = start.group === true && process.platform !== 'win32';
  const child = spawn(start.program, [...start.args, start.runDir], { env: start.env, stdio: ['pipe', 'pipe', 'pipe'], detached: group });
  const send = (signal: NodeJS.Signals) => (group ? signalGroup(child.pid, signal) : child.kill(signal));
  let last: TrainerEvent | undefined;
  let problem: unknown;
  const stderr: string[] = [];

  let killTimer: NodeJS.Timeout | undefined;
  const terminate = () => {
    if (child.exitCode === null && child.signalCode === null) end();
  };
  const end = () => {
    send('SIGTERM');
    killTimer ??= setTimeout(() => send('SIGKILL'), start.graceMs ?? GRACE_MS);
  };
  const fail = (error: unknown) => {
    problem ??= error;
    terminate();
  };

  let handled = Promise.resolve();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', line => {
    const event = parseEvent(line);
    if (!event) return fail(new Refusal('trainer.badLine', { line: line.slice(0, LINE_SHOWN) }));
    last = event;
    handled = handled.then(() => (problem ? undefined : start.onEvent(event))).catch(fail);
  });
  createInterface({ input: child.stderr }).on('line', line => {
    stderr.push(line);
    if (stderr.length > STDERR_LINES) stderr.shift();
  });
  // A trainer that has ended reads no more: not our problem, its last event tells.
  child.stdin.on('error', () => {});
  child.on('error', cause => {
    problem ??= new Refusal('trainer.cannotStart', { program: start.program }, { cause });
  });
  // Without their starter the others would wait for each other for ever, our end of their stdin open.
  if (group) child.on('exit', () => end());
  start.signal?.addEventListener('abort', terminate, { once: true });
  if (start.signal?.aborted) terminate();

  const done = new Promise<TrainerOutcome>((resolve, reject) => {
    child.on('close', async (exitCode, signal) => {
      clearTimeout(killTimer);
      start.signal?.removeEventListener('abort', terminate);
      await handled;
      if (problem) return reject(problem);
      const ending = last && isEnding(last) ? last : { event: 'killed' as const, signal, exitCode };
      resolve({ ...ending, stderr: stderr.join('\n'), pid: child.pid });
    });
  });
  // Whoever stops a trainer may not care how it ended.
  done.catch(() => {});

  return {
    pid: child.pid,
    pause: () => void child.stdin.write('pause\n'),
    resume: () => void child.stdin.write('resume\n'),
    async stop() {
      terminate();
      await done.catch(() => {});
    },
    kill: () => void send('SIGKILL'),
    done,
  };
}

/** Every process of the group of `pid`; nothing to do where none is left. */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function parseEvent(line: string): TrainerEvent | undefined {
  try {
    return Event.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

const isEnding = (event: TrainerEvent): event is Extract<TrainerEvent, { event: 'done' | 'stopped' | 'failed' }> =>
  event.event === 'done' || event.event === 'stopped' || event.event === 'failed';
