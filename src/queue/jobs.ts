// The jobs there are. A job only wakes somebody up: it carries an id, and the row is the truth.

export type Jobs = { run: { run: number }; question: { question: number }; leaks: { search: number } };
export type JobName = keyof Jobs;
export const JOB_NAMES = ['run', 'question', 'leaks'] as const satisfies readonly JobName[];

/** `run-17`, `question-902`: BullMQ refuses bare integers and colons. While a job waits, the same id is not added again. */
export function jobId<N extends JobName>(name: N, payload: Jobs[N]): string {
  return `${name}-${Object.values(payload)[0]}`;
}
