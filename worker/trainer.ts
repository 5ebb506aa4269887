// The trainer protocol: a trainer is a program `trainer RUN_DIR`; one JSON event a line on stdout.
// stdin: lines "pause" / "resume", obeyed between two steps; end of file = the owner is gone, leave. stderr is for people.
// SIGTERM = write a checkpoint, then `stopped`. The last event tells the outcome (none = killed), never the exit code.

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
      rows?: number[];
    };
