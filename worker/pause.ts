// People wait for answers, nobody waits for a training step: while an answer is written, the trainer stands still.

/** What can stand still between two steps (worker/trainer.ts). */
export type Pausable = { pause(): void; resume(): void };

export type TrainerPause = {
  /** Does `work` while the trainer, if there is one, stands still. Several at once share one pause. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** From now on this trainer is the one to pause, until the returned function is called. */
  watch(trainer: Pausable): () => void;
};

export function openPause(): TrainerPause {
  let trainer: Pausable | undefined;
  let answers = 0;
  return {
    async during(work) {
      if (++answers === 1) trainer?.pause();
      try {
        return await work();
      } finally {
        if (--answers === 0) trainer?.resume();
      }
    },
    watch(started) {
      trainer = started;
      if (answers > 0) started.pause();
      return () => {
        if (trainer === started) trainer = undefined;
      };
    },
  };
}
