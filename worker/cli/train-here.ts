// The builtin trainer as a child of this command, with its progress on the terminal.
import { Refusal } from '../../src/problem.ts';
import { compiled } from '../../src/root.ts';
import { startTrainer, type TrainerEvent } from '../trainer.ts';
import type { Terminal } from './command.ts';

/** Trains what lies in `runDir`; the folder of the best round's adapter. Throws a Refusal for what the trainer could not do. */
export async function trainHere(runDir: string, terminal: Terminal, signal: AbortSignal): Promise<string> {
  let steps = 0;
  const onEvent = (event: TrainerEvent): void => {
    if (event.event === 'started') steps = event.steps;
    if (event.event === 'step') terminal.progress('cli.progress.train', event.step, steps, { loss: event.loss.toFixed(3) });
    if (event.event === 'heldout') terminal.tell('cli.heldout', { round: event.epoch, loss: event.loss.toFixed(3) });
  };
  const trainer = startTrainer({ program: process.execPath, args: [compiled('worker/builtin/main')], runDir, signal, onEvent });
  const outcome = await trainer.done;
  signal.throwIfAborted();
  if (outcome.event === 'failed') throw new Refusal(outcome.code, outcome.values, { cause: new Error(outcome.stderr) });
  if (outcome.event !== 'done')
    throw new Refusal('cli.trainerDied', { how: 'signal' in outcome ? (outcome.signal ?? '–') : outcome.event });
  return outcome.folder;
}
