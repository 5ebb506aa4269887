// Slack, live: its tokens, its connection, and a channel that the admin names.
import type { Chat } from '../chat/chat.ts';
import { openCalls } from '../chat/slack/calls.ts';
import { openFiles } from '../chat/slack/files.ts';
import { PUSH_PATH } from '../chat/slack/http.ts';
import { openSlack } from '../chat/slack/slack.ts';
import type { Config } from '../config.ts';
import { Refusal } from '../problem.ts';
import type { Lang } from '../words/words.ts';
import { patiently } from './attempt.ts';
import type { Tell } from './finding.ts';
import { checkAppToken, checkBotToken } from './slack-tokens.ts';
import { tryPlace } from './try-place.ts';

/** `channels`: ids to try. */
export async function checkSlack(slack: Config['slack'], channels: string[], lang: Lang, tell: Tell): Promise<void> {
  const { botToken, appToken, signingSecret, apiUrl } = slack;
  if (!botToken && !appToken && !signingSecret) {
    tell('note', 'doctor.slack.off');
    for (const id of channels) tell('ill', 'doctor.place.off.slack', { id });
    return;
  }
  if (!botToken) tell('ill', 'doctor.slack.token.unset');
  const bot = botToken ? await checkBotToken(botToken, apiUrl, tell) : undefined;
  if (bot === 'away') return;
  if (signingSecret) tell('note', 'doctor.slack.http', { path: PUSH_PATH });
  else if (!appToken) tell('ill', 'doctor.slack.app.unset');
  else await checkAppToken(appToken, apiUrl, bot?.app, tell);
  if (!botToken || !bot) return;
  if (channels.length === 0) tell('note', 'doctor.slack.no-place');
  for (const channel of channels) await tryChannel({ ...slack, botToken }, channel, lang, tell);
}

async function tryChannel(slack: Config['slack'] & { botToken: string }, channel: string, lang: Lang, tell: Tell): Promise<void> {
  const { botToken: token, apiUrl } = slack;
  const calls = openCalls({ token, apiUrl, lang, onProblem() {} });
  const files = openFiles(calls, { token, apiUrl, lang });
  let chat: Chat;
  try {
    // Never started, it only speaks: with a signing secret no second connection is asked for.
    chat = await openSlack({ ...slack, signingSecret: slack.signingSecret ?? 'unused', lang, onProblem() {} });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return tell('ill', error.problem.code, error.problem.values);
  }
  await tryPlace(
    {
      name: 'Slack',
      channel,
      lang,
      chat,
      async upload() {
        const file = await files.upload({ name: 'apprentice-doctor.txt', bytes: Buffer.from('npm run doctor\n') });
        await patiently(() => calls.apiCall('files.delete', { file }));
      },
      erase: ({ id: ts }) => calls.apiCall('chat.delete', { channel, ts }, { channel }),
    },
    tell,
  );
}
