// Slack, where its tokens are set: the bot's and the app's (Socket Mode), or the bot's and the signing secret (HTTP).
import { curveWords } from '../bot/run/curve.ts';
import { drawCurve } from '../bot/run/draw-curve.ts';
import { openSlack } from '../chat/slack/slack.ts';
import type { Opener } from '../places.ts';
import { slackProblems } from './slack-problems.ts';

export const openSlackPlace: Opener = async ({ slack, lang }, log, tell) => {
  const { botToken, appToken, signingSecret } = slack;
  const missing = [...(botToken ? [] : ['SLACK_BOT_TOKEN']), ...(appToken || signingSecret ? [] : ['SLACK_APP_TOKEN'])];
  // Nobody who set nothing of it needs to hear of it.
  if (!botToken && !appToken && !signingSecret) return undefined;
  if (!botToken || missing.length > 0) {
    tell('line', 'slack.off', { missing: missing.join(', '), count: missing.length });
    return undefined;
  }
  const chat = await openSlack({
    ...slack,
    botToken,
    lang,
    draw: curve => drawCurve(curve, curveWords(lang), 'light'),
    onProblem: slackProblems(log, tell),
  });
  tell('line', 'slack.on', { team: chat.name, how: chat.transport === 'http' ? 'HTTP' : 'Socket Mode' });
  return { chat, ...(chat.receivers && { web: { receivers: chat.receivers } }) };
};
