// A process that takes a measured step whenever it is told to: "ready", then the seconds of a step for each line it is sent, and its
// peak memory at the end of its stdin.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type Stepper = {
  /** Takes one step; seconds. */
  step(): Promise<number>;
  /** Ends the process; its peak resident set in bytes. */
  finish(): Promise<number>;
};

/** Starts the program and waits until it is ready. What it says on stderr is shown only if it fails. */
export async function startStepper(program: string, args: string[]): Promise<Stepper> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', data => void (stderr += data));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${program} ${args[0]} ended early: ${stderr.slice(-2000)}`);
    return value;
  };
  while ((await next()) !== 'ready');
  return {
    async step() {
      child.stdin.write('\n');
      return Number(await next());
    },
    async finish() {
      child.stdin.end();
      return Number(await next());
    },
  };
}
