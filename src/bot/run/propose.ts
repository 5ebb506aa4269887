// The bot proposes a run by itself: once when there are enough examples for a first one, once when a new one has twice as many to learn from.
import type { Card } from '../../chat/chat.ts';
import { channelOfNewest } from '../../data/chat-examples.ts';
import { lastLearned } from '../../data/datasets.ts';
import { findPost } from '../../data/posts.ts';
import { openRun } from '../../data/runs.ts';
import { Refusal } from '../../problem.ts';
import { type Lang, say } from '../../words/words.ts';
import { pressedBy } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { called } from '../called.ts';
import { countLearnable } from '../consent/learnable.ts';
import { langIn } from '../language.ts';
import { type Pressed, post } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { settlePost } from '../settle-post.ts';
import { settingsButton } from './settings-button.ts';

/** From so many examples on a first run makes sense (learning.md: style from 8 on, and 12 leave some to test it with). */
export const FIRST_RUN = 12;
/** From so many on the form comes, too (learning.md: house form .85 to 1.0 with 40). */
const FORM = 40;

type Learned = Awaited<ReturnType<typeof lastLearned>>;

/** From how many examples on a run is clearly worth it: each doubling took a good part off the loss (learning.md: 8, 20, 40, 80). */
export const betterFrom = (learned: Learned): number => Math.max(FIRST_RUN, 2 * (learned?.examples ?? 0));

/** The post's key is what makes it once: one for the first run, one for each size that the last run makes worth while. */
const proposalKey = (learned: Learned): string => `propose:${learned ? betterFrom(learned) : 'first'}`;

/** Counts what may be learned from now. Proposes a run in `channel` (the platform's id) if one is worth while, none is open and it was not proposed before. Cheap when there is nothing to say. */
export async function proposeRun(bot: Bot, channel: string): Promise<void> {
  const { db, workspace } = bot;
  const { waiting: _, ...counts } = await countLearnable(bot);
  const total = counts.qa + counts.report;
  if (total < FIRST_RUN) return;
  const learned = await lastLearned(db, workspace.id);
  if (total < betterFrom(learned)) return;
  const key = proposalKey(learned);
  if ((await findPost(db, workspace.id, key)) || (await openRun(db, workspace.id))) return;
  const lang = await langIn(bot, channel);
  await post(
    bot,
    key,
    { channel },
    proposal(lang, key, { total, ...counts, ...(learned && { version: learned.version, learned: learned.examples }) }),
  );
}

/** What was approved may be learned a day later, with no ✅ that would say so: proposed then in the channel of the newest example. */
export async function proposeLater(bot: Bot): Promise<void> {
  const channel = await channelOfNewest(bot.db, bot.workspace.id);
  if (channel !== undefined) await proposeRun(bot, channel);
}

type Figures = { total: number; qa: number; report: number; version?: number; learned?: number };

function proposal(lang: Lang, key: string, figures: Figures): Card {
  const expect = say(lang, figures.total < FORM ? 'propose.expect.style' : 'propose.expect.form');
  return {
    title: '',
    parts: [
      { markdown: say(lang, figures.version === undefined ? 'propose.first' : 'propose.better', { ...figures, expect }) },
      {
        buttons: [
          { label: say(lang, 'home.button.start'), action: 'start-run', value: '', style: 'primary' },
          settingsButton(lang),
          { label: say(lang, 'propose.not-now'), action: 'not-now', value: key },
        ],
      },
    ],
  };
}

/** [Not now]: the buttons go, and this is not proposed again. Throws Refusal for who may not start a run either, and where the proposal is settled already. */
export async function declineProposal(bot: Bot, event: Pressed): Promise<void> {
  const wanted = await pressedBy(bot, event);
  await refuseUnlessMay(wanted, 'start');
  const { name } = wanted.person;
  const settled = await settle(bot, event.value, lang => say(lang, 'propose.declined', { name: called(lang, name) }));
  if (!settled) throw new Refusal('propose.over');
}

/** A run was started: a proposal that still asks for one says so instead. */
export async function proposalTaken(bot: Bot, run: { no: number }): Promise<void> {
  const key = proposalKey(await lastLearned(bot.db, bot.workspace.id));
  await settle(bot, key, lang => say(lang, 'propose.taken', { no: run.no }));
}

/** Takes the buttons off the proposal and puts a sentence there; false where there is no open one of this key. */
const settle = async (bot: Bot, key: string, ending: (lang: Lang) => string): Promise<boolean> =>
  key.startsWith('propose:') && settlePost(bot, key, ending);
