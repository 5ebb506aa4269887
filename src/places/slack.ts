// Slack, where its tokens are set: the bot's and the app's (Socket Mode), or the bot's and the signing secret (HTTP).
import { curveWords } from '../bot/run/curve.ts';
import { drawCurve } from '../bot/run/draw-curve.ts';
import { openSlack } from '../chat/slack/slack.ts';
import type { Opener } from '../places.ts';

/** The sentence of what keeps Slack and us apart, by the code that it is told with. */
const SENTENCES: Record<string, string> = {
  bad_signature: 'slack.badSignature',
  bad_clock: 'slack.badClock',
  too_many_websockets: 'slack.tooMany',
  link_disabled: 'slack.lineOff',
  socket_mode_disabled: 'slack.lineOff',
};

export const openSlackPlace: Opener = async ({ slack, lang }, log, tell) => {
  const { botToken, appToken, signingSecret } = slack;
  const missing = [...(botToken ? [] : ['SLACK_BOT_TOKEN']), ...(appToken || signingSecret ? [] : ['SLACK_APP_TOKEN'])];
  // Nobody who set nothing of it needs to hear of it.
  if (!botToken && !appToken && !signingSecret) return undefined;
  if (!botToken || missing.length > 0) {
    tell('line', 'slack.off', { missing: missing.join(', '), count: missing.length });
    return undefined;
  }
  const told = new Set<string>();
  // Anybody can push to an open address, as often as they like.
  const tellOnce = (sentence: string) => {
    if (!told.has(sentence)) tell('problem', sentence);
    told.add(sentence);
  };
  const chat = await openSlack({
    ...slack,
    botToken,
    lang,
    draw: curve => drawCurve(curve, curveWords(lang), 'light'),
    onProblem: (code, { values, error }) => {
      log.warn({ code, ...values, ...(error !== undefined && what(error)) }, 'slack');
      // What only whoever runs the bot can put right is no matter for the log alone.
      if (values?.variable !== undefined) tell('problem', 'slack.lostToken', { variable: values.variable, code });
      else if (SENTENCES[code] !== undefined) tellOnce(SENTENCES[code]);
    },
  });
  tell('line', 'slack.on', { team: chat.name, how: chat.transport === 'http' ? 'HTTP' : 'Socket Mode' });
  return { chat, ...(chat.receivers && { web: { receivers: chat.receivers } }) };
};

/** An error without its message, which may hold what people wrote. */
function what(error: unknown): { name: string; at?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  return { name: error.name, at: error.stack?.match(/^ +at .+(?:\n +at .+){0,5}/m)?.[0] };
}
