// Which events may wait for which. Looking a message up can take long (platforms allow so many looks a minute), and so can reading a week's
// history; what people ask in the meantime goes past it. Within a lane, and for each person, the order stays as it was.
import type { ChatEvent } from '../chat/chat.ts';
import { reportRequest } from '../model/report-rule.ts';
import { parseCommand, type Verb } from './commands.ts';

/**
 * `looks`: touches, and whatever changes or must know which examples there are: one after the other, so that what was approved before a
 * start is in it, and nobody's no is overtaken. `weeks`: weekly reports. `missed`: reading what was said while the bot was away. `asked`: all that
 * neither changes examples nor depends on the latest ✅.
 */
export const LANES = ['asked', 'weeks', 'missed', 'looks'] as const;
export type Lane = (typeof LANES)[number];

const ASKED_VERBS: ReadonlySet<Verb | 'misused' | 'unknown'> = new Set([
  ...(['home', 'status', 'list', 'show', 'examples', 'mine', 'audit', 'help', 'misused', 'unknown'] as const),
  ...(['try', 'close', 'exam', 'leaks', 'cancel', 'promote', 'rollback', 'unblock', 'language', 'claim'] as const),
]);
const ASKED_ACTIONS: ReadonlySet<string> = new Set([
  ...['vote', 'reason-structure', 'reason-wording', 'reason-facts', 'reason-length', 'better-answer'],
  ...['launch-run', 'cancel-run', 'make-champion', 'take-back', 'unblock', 'not-now', 'explain'],
  ...['show-audit', 'show-examples', 'show-version', 'show-rows'],
]);
const WEEKS_ACTIONS: ReadonlySet<string> = new Set(['weekly-write', 'weekly-cancel']);

export function laneOf(event: ChatEvent): Lane {
  if (event.kind === 'missed') return 'missed';
  if (event.kind === 'action') return ASKED_ACTIONS.has(event.action) ? 'asked' : WEEKS_ACTIONS.has(event.action) ? 'weeks' : 'looks';
  if (event.kind !== 'message' || event.files.length > 0) return 'looks';
  const text = event.text.trim();
  const command = parseCommand(text);
  if (command) return ASKED_VERBS.has(command.verb) ? 'asked' : 'looks';
  return reportRequest(text) ? 'weeks' : 'asked';
}

/**
 * Those of `events` (all that are open, in the order in which they came) whose turn it is in `lane`: nobody's event before an earlier one of
 * theirs in another lane, and none before the bot has heard that it was thrown out.
 */
export function turnIn<E extends ChatEvent>(lane: Lane, events: E[]): E[] {
  const busyElsewhere = new Set<string>();
  const turn: E[] = [];
  for (const event of events) {
    const its = laneOf(event);
    const person = event.kind === 'message' || event.kind === 'action' ? event.person : undefined;
    if (its !== lane) {
      if (event.kind === 'uninstalled') break;
      if (person !== undefined) busyElsewhere.add(person);
    } else if (person === undefined || !busyElsewhere.has(person)) turn.push(event);
    // Who was approved of, and who then said no: there the order between people counts, too.
    else if (lane === 'looks') break;
  }
  return turn;
}
