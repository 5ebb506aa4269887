// A post to a response_url: five in half an hour, for the one person or for the channel, in place of what was pressed or beside it.
import type { Args, World } from './call.ts';
import { slackId } from './ids.ts';
import { content, privately } from './methods/chat.ts';
import { SlackRefusal } from './refusal.ts';
import type { Handle } from './triggers.ts';

const TAKES = [
  'text',
  'blocks',
  'attachments',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'metadata',
  'unfurl_links',
  'unfurl_media',
  'mrkdwn',
];

/** `ts`: of what only one person sees now. */
type Answer = { status: number; body: string | object; type?: string; ts?: string };

export async function respond(world: World, path: string, raw: Buffer): Promise<Answer> {
  try {
    const handle = world.triggers.use(path);
    const given = JSON.parse(raw.toString()) as Args;
    const unknown = Object.keys(given).filter(name => !TAKES.includes(name));
    if (unknown.length > 0) throw new SlackRefusal('invalid_arguments', { unknown }, 400);
    const shown = await answer(world, handle, given);
    return { status: 200, body: 'ok', type: 'text/plain', ...(shown && { ts: world.team.ts(shown) }) };
  } catch (error) {
    if (error instanceof SyntaxError) return { status: 400, body: 'invalid_payload', type: 'text/plain' };
    if (!(error instanceof SlackRefusal)) throw error;
    const status = error.status === 200 ? 400 : error.status;
    return { status, body: { ok: false, error: error.code, ...error.more } };
  }
}

/** Also what an acknowledgement with text in it does. Gives the id of what only that person sees, where that is new. */
export async function answer(world: World, { user, channel, message }: Handle, given: Args): Promise<string | undefined> {
  const { team } = world;
  const original = message === undefined ? undefined : team.state.messages.get(message);
  if (given.delete_original) {
    if (original) await team.happen({ kind: 'deleted', id: original.id, by: team.state.bot });
    return undefined;
  }
  const { text, ...extra } = content(world, given);
  if (given.replace_original && original) {
    Object.assign(team.extraOf(original.id), { blocks: extra.blocks, attachments: extra.attachments });
    await team.happen({ kind: 'edited', id: original.id, by: team.state.bot, markdown: text });
    return undefined;
  }
  const thread = given.thread_ts === undefined ? undefined : team.message(slackId(channel), given.thread_ts)?.id;
  if (given.response_type !== 'in_channel') {
    return privately(world, { channel, person: user, thread, text, extra });
  }
  const id = team.room.newId();
  Object.assign(team.extraOf(id), extra);
  const at = { id, channel, thread, author: team.state.bot, at: team.now() };
  await team.happen({ kind: 'said', message: { ...at, markdown: text, files: [], reactions: {} } });
  return undefined;
}
