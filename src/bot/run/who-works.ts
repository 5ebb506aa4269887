// Which workers there are, what they do, and why one cannot begin or leaves a run to others.
import type { RunRow } from '../../data/runs.ts';
import { liveWorkers, troubledWorkers, type WorkerRow } from '../../data/workers.ts';
import { type Lang, paragraph, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { decimal } from '../figures.ts';

const GB = 1e9;

/** One line a worker; those that cannot begin, with the reason; else that there is none. */
export async function workerLines({ db }: Pick<Bot, 'db'>, lang: Lang): Promise<string[]> {
  const lines = [...(await liveWorkers(db)).map(worker => lineOf(lang, worker)), ...(await troubles(db, lang))];
  return lines.length > 0 ? lines : [say(lang, 'workers.none')];
}

/** Why no worker is there, where one tried to begin; newest first. */
export async function troubles(db: Bot['db'], lang: Lang): Promise<string[]> {
  const rows = await troubledWorkers(db);
  return rows.map(({ host, problem: { code, values } }) => say(lang, 'worker.trouble', { host, problem: say(lang, code, values) }));
}

function lineOf(lang: Lang, { host, device, memoryFree, roles, labels, run }: WorkerRow): string {
  const trains = roles.includes('train');
  const does = trains ? (roles.includes('answer') ? 'both' : 'train') : 'answer';
  const now = run !== null ? 'run' : trains ? 'idle' : 'answers';
  return say(lang, 'workers.line', {
    ...{ host, device: deviceOf(lang, device), memory: memoryFree === null ? '?' : decimal(memoryFree / GB) },
    does: say(lang, `workers.does.${does}`, { trainer: labels[0] ?? 'builtin' }),
    now: say(lang, `workers.now.${now}`),
  });
}

/** A GPU has its maker's name; of processors the worker says how many threads it uses. */
function deviceOf(lang: Lang, device: string): string {
  const [, threads] = /^cpu, (\d+) threads$/.exec(device) ?? [];
  return threads === undefined ? device : say(lang, 'workers.device.cpu', { threads });
}

/** What keeps an unheld run from going on; none while somebody could take it. */
export async function workerNotes({ db }: Pick<Bot, 'db'>, lang: Lang, run: RunRow): Promise<string[]> {
  const trainers = (await liveWorkers(db)).filter(({ roles }) => roles.includes('train'));
  if (trainers.length === 0) {
    const why = await troubles(db, lang);
    if (why.length > 0) return why;
    return [say(lang, run.step > 0 ? 'run.worker-gone' : 'run.no-worker', { step: run.checkpointStep ?? 0 })];
  }
  const held = run.leaseUntil !== null && run.leaseUntil > new Date();
  if (held || trainers.some(({ unfit }) => unfit?.run !== run.id)) return [];
  const list = trainers.flatMap(({ host, unfit }) =>
    unfit ? [say(lang, 'worker.unfit.line', { worker: host, why: say(lang, unfit.code, unfit.values) })] : [],
  );
  return [say(lang, 'worker.unfit.run', { list: paragraph(lang, list) })];
}
