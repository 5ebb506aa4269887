// The buttons of the bot's messages: what a press on each does. A verb's own file says what its value holds.
import { pressedBy } from './asked.ts';
import type { Bot } from './bot.ts';
import { explain } from './card/explain.ts';
import { showVersion } from './card/show-version.ts';
import { promoteVersion } from './champion/promote.ts';
import { rollbackChampion } from './champion/rollback.ts';
import { unblockVersion } from './champion/unblock.ts';
import { consentPressed } from './consent/choose.ts';
import { exportExamples } from './examples/export-examples.ts';
import { dropImported } from './examples/import-masked.ts';
import { listExamples } from './examples/list-examples.ts';
import { forgetPressed, keepPressed } from './forget/confirm.ts';
import { forgetForGood } from './forget/forget.ts';
import { dropMasked, keepMasked } from './harvest/masked-presses.ts';
import { approveEdit, whichQuestion } from './harvest/presses.ts';
import { postBetterAnswer } from './question/better-answer.ts';
import { giveReason, vote } from './question/vote.ts';
import type { Pressed } from './reply.ts';
import { cancelRunPressed } from './run/cancel-run.ts';
import { launchRunPressed } from './run/launch-run.ts';
import { declineProposal } from './run/propose.ts';
import { showRows } from './run/show-rows.ts';
import { startRunFor } from './run/start-run.ts';
import { startWith } from './run/start-with.ts';
import { showAudit } from './show-audit.ts';
import { postReport } from './weekly/edit-report.ts';
import { cancelWeek, writeFromWeek } from './weekly/presses.ts';

type Act = (bot: Bot, event: Pressed) => Promise<void>;

/** By the action of a button. */
export const ACTIONS: Record<string, Act> = {
  'approve-edit': approveEdit,
  'better-answer': postBetterAnswer,
  'edit-report': postReport,
  consent: consentPressed,
  forget: forgetPressed,
  'forget-for-good': forgetForGood,
  'forget-not': keepPressed,
  'drop-imported': dropImported,
  'drop-masked': dropMasked,
  'keep-masked': keepMasked,
  export: async (bot, event) => exportExamples(await pressedBy(bot, event)),
  'make-champion': async (bot, event) => promoteVersion(await pressedBy(bot, event), Number(event.value)),
  'not-now': declineProposal,
  'show-audit': async (bot, event) => showAudit(await pressedBy(bot, event), Number(event.value) || 1),
  'show-examples': async (bot, event) => listExamples(await pressedBy(bot, event), Number(event.value) || 1),
  'show-version': async (bot, event) => showVersion(await pressedBy(bot, event), Number(event.value) || undefined),
  'start-run': async (bot, event) => startRunFor(await pressedBy(bot, event), event.value.split(/\s+/).filter(Boolean)),
  'start-with': startWith,
  'launch-run': launchRunPressed,
  'cancel-run': cancelRunPressed,
  'show-rows': showRows,
  'take-back': async (bot, event) => rollbackChampion(await pressedBy(bot, event), Number(event.value)),
  unblock: async (bot, event) => unblockVersion(await pressedBy(bot, event), Number(event.value)),
  explain,
  vote,
  'weekly-cancel': cancelWeek,
  'weekly-write': writeFromWeek,
  'reason-structure': giveReason,
  'reason-wording': giveReason,
  'reason-facts': giveReason,
  'reason-length': giveReason,
  'which-question': whichQuestion,
};

/** A button that an older or newer version of the bot has posted does nothing. */
export const act: Act = async (bot, event) => ACTIONS[event.action]?.(bot, event);
