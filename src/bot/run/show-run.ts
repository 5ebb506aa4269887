// A run's message follows its rows: asked again whenever they change, it says what they say now, up to the report card.
import { personById } from '../../data/people.ts';
import { runById, runProgress } from '../../data/runs.ts';
import { versionOfRun } from '../../data/versions.ts';
import { say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { called } from '../called.ts';
import { versionCard } from '../card/version-card.ts';
import { blockedOf } from '../champion/standing.ts';
import { inTurn } from '../in-turn.ts';
import { langIn } from '../language.ts';
import { post, sentence } from '../reply.ts';
import { runCard } from './progress.ts';
import { runFacts } from './run-facts.ts';

/** Makes the run's post say what its rows say now; at its end one short message in its thread mentions who asked for it. */
export const showRun = (bot: Bot, id: number): Promise<void> => inTurn(bot, `run:${id}`, () => draw(bot, id));

async function draw(bot: Bot, id: number): Promise<void> {
  const run = await runById(bot.db, id);
  if (!run || run.workspace !== bot.workspace.id) return;
  const lang = await langIn(bot, run.channel);
  const place = { channel: run.channel, thread: run.thread ?? undefined };
  const version = run.state === 'done' ? await versionOfRun(bot.db, id) : undefined;
  const card = version
    ? await versionCard(bot, lang, version)
    : runCard(lang, await runFacts(bot, lang, run, await runProgress(bot.db, id)));
  await post(bot, `run:${id}`, place, card);
  if (!['done', 'failed', 'cancelled'].includes(run.state)) return;
  const ending = version && blockedOf(version) ? 'blocked' : run.state;
  const requester = await personById(bot.db, run.requestedBy);
  const values = {
    name: called(lang, requester?.name),
    person: requester?.ext ?? '',
    no: run.no,
    version: version?.no ?? 0,
  };
  await post(bot, `run:${id}:end`, place, sentence(say(lang, `run.ended.${ending}`, values)));
}
