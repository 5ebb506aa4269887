// The fake Slack's room as the agreement check wants it: ids as the Web API names them, and what people see.
import type { Card } from '../../src/chat/chat.ts';
import { slackMessage } from '../../src/chat/slack/face/card.ts';
import { APPROVE, SIGNS } from '../../src/chat/slack/signs.ts';
import { say } from '../../src/words/words.ts';
import { drawn } from '../support/slack/eyes.ts';
import type { FakeSlack } from '../support/slack/fake.ts';
import type { Call } from '../support/slack/http.ts';
import { slackId } from '../support/slack/ids.ts';
import { messageJson } from '../support/slack/message.ts';
import type { Room } from './agree.ts';

/** That something was told is noted so soon, on a machine that does a lot besides. */
const NOTED_MS = 2_000;
const ALONE = ['chat.postEphemeral', 'response_url'];

/** `kills`: when the bot was killed. */
export function slackRoom({ team, calls }: FakeSlack, kills: number[] = []): Room {
  const { state } = team;
  const names = { person: (id: string) => team.personOf(id).name, channel: (id: string) => team.channelOf(id).name };
  /** In a direct channel what the bot says is for its one other member. */
  const alone = (channel: string) => {
    const { kind, members = [] } = state.channels.get(channel)!;
    return kind === 'direct' ? members.find(member => member !== state.bot) : undefined;
  };
  const isDoubtful = ({ lost, error, at }: Call) => lost || error || kills.some(kill => at > kill - NOTED_MS && at <= kill);
  const doubtful = new Set(calls.filter(call => ALONE.includes(call.method) && isDoubtful(call)).map(({ answer }) => answer?.message_ts));
  const standing = [...state.messages.values()].filter(({ id, deleted }) => !deleted && !id.startsWith('command'));
  return {
    messages: standing.map(message => {
      const { id, channel, thread, author, markdown, reactions, onlyFor } = message;
      const fromBot = author === state.bot;
      const to = fromBot ? (onlyFor ?? alone(channel)) : undefined;
      const approvedBy = Object.entries(reactions).flatMap(([sign, people]) => (sign === '✅' || APPROVE.includes(sign) ? people : []));
      return {
        id: team.ts(id),
        channel: slackId(channel),
        ...(thread && { thread: team.ts(thread) }),
        author: team.userId(author),
        fromBot,
        text: fromBot ? drawn(messageJson(team, message), names).text : markdown,
        ...(to && { to: team.userId(to), doubtful: doubtful.has(team.ts(id)) }),
        approvedBy: approvedBy.map(team.userId),
        ...(team.extraOf(id).edited && { edited: true }),
        kept: reactions[SIGNS.kept]?.includes(state.bot) === true,
      };
    }),
    // An ephemeral message that nobody has pressed on stands as it is; and that something was not kept in time is no post.
    stays: text => text.startsWith('Your vote: ') || text === say('en', 'slack.notKept'),
    draw(card: Card, privately: boolean) {
      const { text, blocks } = slackMessage(card, { lang: 'en', below: privately });
      return drawn({ text, blocks }, names).text;
    },
  };
}
