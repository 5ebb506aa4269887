// `/finetune` alone: how many examples there are and how good they look, the last run, the workers, who answers, and the next sensible buttons.
import type { Button, Card, Part } from '../chat/chat.ts';
import { withoutConsent } from '../data/consent.ts';
import { lastLearned } from '../data/datasets.ts';
import { examplesWithTokens } from '../data/example-pages.ts';
import { findPost } from '../data/posts.ts';
import { isOpen, listRuns, type RunRow } from '../data/runs.ts';
import { speakingVersions, type VersionRow } from '../data/versions.ts';
import { countKinds } from '../model/balance.ts';
import { type Health, healthOf } from '../model/health.ts';
import type { Row } from '../model/row.ts';
import { type Lang, say } from '../words/words.ts';
import { langOf, type Wanted } from './asked.ts';
import type { Bot } from './bot.ts';
import { stateInWords } from './champion/standing.ts';
import { consentRule } from './consent/rule.ts';
import { healthLine } from './examples/data-health.ts';
import { placeOf, replyPrivately } from './reply.ts';
import { learningHere } from './rights/learning-here.ts';
import { betterFrom, FIRST_RUN } from './run/propose.ts';
import { settingsButton } from './run/settings-button.ts';
import { workerLines } from './run/who-works.ts';

/** The meter's marks (learning.md): style from 8 on, form from 40, all measurements end at 96. */
const MARKS = [
  { at: FIRST_RUN, code: 'home.meter.form' },
  { at: 100, code: 'home.meter.usual' },
  { at: 1000, code: 'home.meter.many' },
];

export type HomeFacts = {
  counts: Record<Row['kind'], number>;
  /** Approved ones that wait for their authors. */
  waiting: number;
  health: Health;
  /** `link`: to the run's message, where the chat has one */
  run?: Pick<RunRow, 'id' | 'no' | 'state' | 'step' | 'steps'> & { link?: string };
  versions: Pick<VersionRow, 'no' | 'state' | 'why' | 'card'>[];
  learned?: { version: number; examples: number };
  /** Whether what is said here is learned, where somebody has to allow it. */
  here?: string;
  /** one line a worker */
  workers: string[];
};

export async function home(wanted: Wanted): Promise<void> {
  const { bot, event } = wanted;
  const lang = await langOf(wanted);
  const here = await learningHere(bot, lang, placeOf(event).channel);
  await replyPrivately(bot, event, homeCard(lang, { ...(await homeFacts(bot)), here, workers: await workerLines(bot, lang) }));
}

async function homeFacts(bot: Bot): Promise<Omit<HomeFacts, 'workers'>> {
  const { db, workspace } = bot;
  const approved = await examplesWithTokens(db, workspace.id);
  const unasked = await withoutConsent(db, workspace.id, consentRule(bot));
  const rows = approved.filter(({ example }) => !unasked.has(example));
  const [run] = await listRuns(db, workspace.id, 1);
  const { candidate, champion } = await speakingVersions(db, workspace.id);
  return {
    counts: countKinds(rows),
    waiting: approved.length - rows.length,
    health: healthOf(rows),
    run: run && { ...run, link: await linkOf(bot, run) },
    versions: [candidate, champion].filter(version => version !== undefined),
    learned: await lastLearned(db, workspace.id),
  };
}

/** Undefined where the run's message is not there (any more); the card is worth showing without it. */
async function linkOf({ db, workspace, chat, report }: Bot, run: RunRow): Promise<string | undefined> {
  const post = await findPost(db, workspace.id, `run:${run.id}`);
  if (!post?.remoteId) return undefined;
  const found = await chat.fetchMessage({ channel: post.remoteChannel ?? post.channel, id: post.remoteId }).catch(problem => {
    report(problem, 'linking to a run');
    return undefined;
  });
  return typeof found === 'object' ? found.permalink : undefined;
}

function homeCard(lang: Lang, facts: HomeFacts): Card {
  const health = healthLine(lang, facts.health);
  const parts: Part[] = [meter(lang, facts.counts)];
  if (facts.waiting > 0) parts.push({ markdown: say(lang, 'home.waiting', { waiting: facts.waiting }) });
  if (health) parts.push({ markdown: health });
  parts.push({ facts: standing(lang, facts) }, { markdown: nextStep(lang, facts) }, { buttons: nextButtons(lang, facts) });
  return { title: say(lang, 'home.title'), parts };
}

const totalOf = ({ counts }: Pick<HomeFacts, 'counts'>): number => counts.qa + counts.report;

/** The bar runs to the next mark. */
function meter(lang: Lang, counts: HomeFacts['counts']): Part {
  const total = totalOf({ counts });
  const next = MARKS.find(({ at }) => total < at);
  const mark = (next ?? MARKS[MARKS.length - 1]).at;
  const note = say(lang, next?.code ?? 'home.meter.full', { total, ...counts, mark, missing: mark - total });
  return { progress: Math.min(1, total / mark), note };
}

function standing(lang: Lang, { run, versions, here, workers }: HomeFacts): [string, string][] {
  const state = run && say(lang, `state.${run.state}`, { step: run.step, steps: run.steps ?? '?' });
  const runLine = run ? say(lang, 'home.run.value', { no: run.no, state: state! }) : say(lang, 'home.run.none');
  const link = run?.link ? [say(lang, 'home.run.link', { link: run.link })] : [];
  const champion = versions.find(version => version.state === 'champion');
  const speaking = versions.map(version => say(lang, 'home.version', { no: version.no, state: stateInWords(lang, version, champion) }));
  return [
    [say(lang, 'home.run'), [runLine, ...link].join(' · ')],
    [say(lang, 'workers.title'), workers.join('\n')],
    [say(lang, 'home.versions'), speaking.join(' · ') || say(lang, 'home.versions.none')],
    ...(here === undefined ? [] : [[say(lang, 'gate.home'), here] as [string, string]]),
  ];
}

function nextStep(lang: Lang, facts: HomeFacts): string {
  const { run, learned } = facts;
  const total = totalOf(facts);
  if (run && isOpen(run.state)) return say(lang, 'home.next.running', { no: run.no });
  const values = { total, learned: learned?.examples ?? 0, better: betterFrom(learned) };
  if (total >= betterFrom(learned)) return say(lang, learned ? 'home.next.better' : 'home.next.first', values);
  return say(lang, learned ? 'home.next.ask' : 'home.next.teach', values);
}

function nextButtons(lang: Lang, facts: HomeFacts): Button[] {
  const { run, learned } = facts;
  const total = totalOf(facts);
  const [newest] = facts.versions;
  const buttons: (Button | false | undefined)[] = [
    ...(run && isOpen(run.state)
      ? [{ label: say(lang, 'home.button.cancel'), action: 'cancel-run', value: String(run.id) }]
      : total >= betterFrom(learned)
        ? [{ label: say(lang, 'home.button.start'), action: 'start-run', value: '', style: 'primary' as const }, settingsButton(lang)]
        : []),
    total + facts.waiting > 0 && { label: say(lang, 'home.button.examples'), action: 'show-examples', value: '1' },
    newest && { label: say(lang, 'home.button.show', { no: newest.no }), action: 'show-version', value: String(newest.no) },
    { label: say(lang, 'home.button.explain'), action: 'explain', value: '' },
  ];
  return buttons.filter(button => button !== false && button !== undefined);
}
