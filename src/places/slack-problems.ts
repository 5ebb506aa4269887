// What whoever runs the bot hears of its troubles with Slack: all of it in the log, and as a sentence what is for a person to know or put right.
import type { SlackOptions } from '../chat/slack/slack.ts';
import type { Log } from '../log.ts';
import type { Telling } from '../places.ts';

/** The sentence of what keeps Slack and us apart, by the code that it is told with. */
const SENTENCES: Record<string, string> = {
  bad_signature: 'slack.badSignature',
  bad_clock: 'slack.badClock',
  too_many_websockets: 'slack.tooMany',
  link_disabled: 'slack.lineOff',
  socket_mode_disabled: 'slack.lineOff',
};

export function slackProblems(log: Log, tell: Telling): SlackOptions['onProblem'] {
  const told = new Set<string>();
  return (code, { values = {}, error }) => {
    log.warn({ code, ...values, ...(error !== undefined && what(error)) }, 'slack');
    const sentence = SENTENCES[code];
    if (values.variable !== undefined) tell('problem', 'slack.lostToken', { variable: values.variable, code });
    else if (code === 'behind') tell('line', 'slack.behind', { waiting: values.waiting ?? 0 });
    // Anybody can push to an open address, as often as they like.
    else if (sentence !== undefined && !told.has(sentence)) tell('problem', sentence);
    if (sentence !== undefined) told.add(sentence);
  };
}

/** An error without its message, which may hold what people wrote. */
function what(error: unknown): { name: string; at?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  return { name: error.name, at: error.stack?.match(/^ +at .+(?:\n +at .+){0,5}/m)?.[0] };
}
