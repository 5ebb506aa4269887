// Slack over Socket Mode keeps the contract that every chat keeps.
import { openSlack } from '../../../src/chat/slack/slack.ts';
import { chatContract } from '../../contracts/chat.ts';
import { openSlackUnderTest } from '../../support/slack/contract.ts';

chatContract('Slack over Socket Mode', () =>
  openSlackUnderTest(async ({ tokens, apiUrl }) => {
    const chat = await openSlack({ botToken: tokens.bot, appToken: tokens.app, apiUrl, lang: 'en', onProblem: () => {} });
    return { chat, close: () => chat.stop() };
  }),
);
