// What went wrong, as the protocol's `failed` event.
import { Refusal } from '../../src/problem.ts';
import type { TrainerEvent } from '../trainer.ts';
import { RowsRefused } from './run-folder.ts';
import { Diverged } from './train.ts';

/** onnxruntime, V8 and libstdc++ each say it in their own words. */
const OUT_OF_MEMORY = /failed to allocate|bad_alloc|bad allocation|allocation failed|out of memory|ENOMEM/i;
/** A checkpoint or the adapter did not fit. */
const DISK_FULL = /ENOSPC|EDQUOT|no space left/i;
const MESSAGE_LENGTH = 300;

/** The event for an error that ended the run. */
export function failure(error: unknown): Extract<TrainerEvent, { event: 'failed' }> {
  if (error instanceof RowsRefused) return { event: 'failed', kind: 'input', ...error.problem, rows: error.rows };
  if (error instanceof Refusal) return { event: 'failed', kind: 'input', ...error.problem };
  if (error instanceof Diverged) {
    const { step, rows } = error;
    return { event: 'failed', kind: 'diverged', code: 'trainer.diverged', values: { step }, rows };
  }
  const message = (error instanceof Error ? error.message : String(error)).slice(0, MESSAGE_LENGTH);
  if (OUT_OF_MEMORY.test(message)) return { event: 'failed', kind: 'memory', code: 'trainer.memory', values: {} };
  if (DISK_FULL.test(message)) return { event: 'failed', kind: 'input', code: 'worker.diskFull', values: {} };
  return { event: 'failed', kind: 'bug', code: 'trainer.bug', values: { message } };
}
