// `/finetune list`: every version with its held-out loss and what it does now, every run with what it learned from, and how people voted.
import { examplesOfRuns } from '../data/datasets.ts';
import { listRuns, type RunRow } from '../data/runs.ts';
import { listVersions, type VersionRow } from '../data/versions.ts';
import type { Evaluation } from '../model/report-card.ts';
import { type Lang, say } from '../words/words.ts';
import type { Asked } from './asked.ts';
import { pairsSoFar, votesPart } from './card/votes-part.ts';
import { stateInWords } from './champion/standing.ts';
import { loss } from './figures.ts';
import { langIn } from './language.ts';
import { post, sentence } from './reply.ts';

export async function listRunsAndVersions({ bot, event }: Asked): Promise<void> {
  const { db, workspace } = bot;
  const lang = await langIn(bot, event.place.channel);
  const key = `list:${event.key}`;
  const runs = await listRuns(db, workspace.id);
  if (runs.length === 0) return post(bot, key, event.place, sentence(say(lang, 'list.none')));
  const versions = await listVersions(db, workspace.id);
  const examples = await examplesOfRuns(
    db,
    runs.map(({ id }) => id),
  );
  const versionOf = new Map(versions.map(({ run, no }) => [run, no]));
  const runFacts = runs.map(run => runLine(lang, run, examples.get(run.id) ?? 0, versionOf.get(run.id)));
  const champion = versions.find(({ state }) => state === 'champion');
  const facts = [...versions.map(version => versionLine(lang, version, champion)), ...runFacts];
  const votes = await Promise.all((await pairsSoFar(bot)).map(pair => votesPart(bot, lang, pair)));
  await post(bot, key, event.place, { title: say(lang, 'list.title'), parts: [{ facts }, ...votes] });
}

function versionLine(lang: Lang, version: VersionRow, champion?: VersionRow): [string, string] {
  const { no, madeAt, card } = version;
  const { base, tuned } = (card as unknown as { evaluation: Evaluation }).evaluation;
  const shown = (value: number | null | undefined) => (value == null ? '–' : loss(value));
  const values = { base: shown(base.loss), tuned: shown(tuned?.loss), state: stateInWords(lang, version, champion), date: day(madeAt) };
  return [`v${no}`, say(lang, 'list.row', values)];
}

function runLine(lang: Lang, run: RunRow, examples: number, version: number | undefined): [string, string] {
  const state = say(lang, `state.${run.state}`, { step: run.step, steps: run.steps ?? '?' });
  const values = { state, examples, date: day(run.createdAt), version: version ?? 0 };
  return [say(lang, 'list.run', { no: run.no }), say(lang, version === undefined ? 'list.run.row' : 'list.run.version', values)];
}

const day = (at: Date): string => at.toISOString().slice(0, 10);
