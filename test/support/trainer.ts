// A trainer program run to its end by a test, and what it told on the way.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainerProgram } from '../../worker/choose-trainer.ts';
import { type RunningTrainer, startTrainer, type TrainerEvent, type TrainerOutcome } from '../../worker/trainer.ts';

export type Told = { events: TrainerEvent[]; outcome: TrainerOutcome };

/** `on` may act on the running trainer at each event. */
export async function runTrainer(
  start: TrainerProgram['start'],
  runDir: string,
  on: (event: TrainerEvent, trainer: RunningTrainer) => void = () => {},
): Promise<Told> {
  const events: TrainerEvent[] = [];
  const trainer: RunningTrainer = startTrainer({
    ...start,
    runDir,
    onEvent: event => {
      events.push(event);
      on(event, trainer);
    },
  });
  return { events, outcome: await trainer.done };
}

/** The events of one kind. */
export const of = <E extends TrainerEvent['event']>(events: TrainerEvent[], kind: E) =>
  events.filter((event): event is Extract<TrainerEvent, { event: E }> => event.event === kind);

/** Step → loss. */
export const lossesOf = (events: TrainerEvent[]) => new Map(of(events, 'step').map(event => [event.step, event.loss]));

/** The weights that a run has published in its `out`. */
export const adapterBytes = (out: string) => readFileSync(join(out, 'adapter', 'adapter_model.safetensors'));
