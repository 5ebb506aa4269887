// [What is this?]: what the words on a report card mean, told as a school, with the run's own figures where there is a run.
import type { Card } from '../../chat/chat.ts';
import { listRuns, type Progress, type RunRow, runById, runProgress } from '../../data/runs.ts';
import { keptStep } from '../../model/kept-round.ts';
import type { Settings } from '../../model/settings.ts';
import { type Lang, say } from '../../words/words.ts';
import { langOf, pressedBy } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { loss } from '../figures.ts';
import { type Pressed, replyPrivately } from '../reply.ts';

const TOPICS = ['school', 'loss', 'rate', 'rounds', 'batch', 'weights'] as const;
type Topic = (typeof TOPICS)[number];

/** The action `explain`; its value `run:ID` names the run whose figures are told; any other value means the newest run that has trained. */
export async function explain(bot: Bot, event: Pressed): Promise<void> {
  const lang = await langOf(await pressedBy(bot, event));
  const run = await runMeant(bot, event.value);
  await replyPrivately(bot, event, explanation(lang, run && { run, progress: await runProgress(bot.db, run.id) }));
}

async function runMeant(bot: Bot, value: string): Promise<RunRow | undefined> {
  const id = /^run:(\d{1,15})$/.exec(value)?.[1];
  const named = id ? await runById(bot.db, Number(id)) : undefined;
  if (named?.workspace === bot.workspace.id) return named;
  return (await listRuns(bot.db, bot.workspace.id)).find(({ step }) => step > 0);
}

/** The explanation itself, one short paragraph a word. */
export function explanation(lang: Lang, of?: { run: RunRow; progress: Progress }): Card {
  const own = of ? ownFigures(lang, of.run, of.progress) : {};
  const paragraph = (topic: Topic) => [say(lang, `explain.${topic}`), own[topic]].filter(Boolean).join(lang === 'zh' ? '' : ' ');
  return { title: say(lang, 'explain.title'), parts: [{ markdown: TOPICS.map(paragraph).join('\n\n') }] };
}

function ownFigures(lang: Lang, { no, settings, steps }: RunRow, { heldout, events }: Progress): Partial<Record<Topic, string>> {
  if (!settings) return {};
  const { learningRate, epochs, batch } = settings as unknown as Settings;
  const losses = heldout.map(({ step, loss: value }): [number, number] => [step, value]);
  const kept = losses.find(([step]) => step === keptStep(losses))?.[1];
  const trainable = Number(events.findLast(({ kind }) => kind === 'started')?.detail.trainable ?? 0);
  return {
    ...(kept !== undefined && losses[0][0] === 0 && { loss: say(lang, 'explain.loss.own', { no, ...lossFigures(losses[0][1], kept) }) }),
    rate: say(lang, 'explain.rate.own', { no, rate: learningRate }),
    rounds: say(lang, 'explain.rounds.own', { no, rounds: epochs }),
    batch: say(lang, 'explain.batch.own', { no, batch, steps: steps ?? 0 }),
    ...(trainable > 0 && { weights: say(lang, 'explain.weights.own', { no, count: trainable.toLocaleString('en') }) }),
  };
}

/** A loss is −ln of the probability that the right next piece gets (its geometric mean), so the probability is e^−loss. */
function lossFigures(base: number, tuned: number): Record<string, string> {
  const percent = (value: number) => (100 * Math.exp(-value)).toPrecision(2);
  return { base: loss(base), tuned: loss(tuned), before: percent(base), after: percent(tuned) };
}
