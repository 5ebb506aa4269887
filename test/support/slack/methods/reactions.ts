// reactions.*: the bot's own signs, and who gave which.
import type { Args, Method, World } from '../call.ts';
import { emojiName } from '../emoji.ts';
import { slackId } from '../ids.ts';
import { EMOJI_ON_A_MESSAGE } from '../limits.ts';
import { messageJson } from '../message.ts';
import { demand } from '../refusal.ts';
import type { Json } from '../team.ts';

const TAKES = { channel: 'text', timestamp: 'text', name: 'text' } as const;

function reacted({ team }: World, { channel, timestamp }: Args, write: boolean) {
  demand(channel !== undefined && timestamp !== undefined, 'no_item_specified');
  const { id, archived, kind } = team.channelOf(channel);
  const inside = team.isIn(team.state.bot, id);
  demand(inside || (kind !== 'private' && kind !== 'direct'), 'channel_not_found');
  demand(!write || !archived, 'is_archived');
  demand(inside, 'not_in_channel');
  const message = team.message(slackId(id), timestamp);
  demand(message && !message.deleted, 'message_not_found');
  return message;
}

async function set(args: Args, world: World, on: boolean): Promise<Json> {
  const { team } = world;
  const name = emojiName(String(args.name));
  demand(name, 'invalid_name');
  const { id, reactions } = reacted(world, args, true);
  const has = reactions[name]?.includes(team.state.bot);
  if (on) demand(!has, 'already_reacted');
  else demand(has, 'no_reaction');
  demand(!on || reactions[name] || Object.keys(reactions).length < EMOJI_ON_A_MESSAGE, 'too_many_emoji');
  await team.happen({ kind: 'reacted', id, by: team.state.bot, sign: name, on });
  return {};
}

export const REACTIONS: Record<string, Method> = {
  'reactions.add': { tier: 3, scopes: ['reactions:write'], takes: TAKES, needs: ['name'], run: (args, world) => set(args, world, true) },
  'reactions.remove': {
    tier: 2,
    scopes: ['reactions:write'],
    takes: TAKES,
    needs: ['name'],
    run: (args, world) => set(args, world, false),
  },
  'reactions.get': {
    tier: 3,
    scopes: ['reactions:read'],
    takes: { channel: 'text', timestamp: 'text', full: 'flag', file: 'text', file_comment: 'text' },
    run(args, world) {
      const message = reacted(world, args, false);
      const permalink = `https://${world.team.domain}.slack.com/archives/${args.channel}/p${String(args.timestamp).replace('.', '')}`;
      return { type: 'message', channel: args.channel, message: { ...messageJson(world.team, message), permalink } };
    },
  },
};
