// files.*: uploads in three steps, what became of a file, and its end.
import { randomBytes } from 'node:crypto';
import type { Args, Method, World } from '../call.ts';
import { roomId, slackId } from '../ids.ts';
import { FILE_BYTES } from '../limits.ts';
import { fileJson } from '../message.ts';
import { demand } from '../refusal.ts';
import type { Json } from '../team.ts';
import { content, writable } from './chat.ts';

const KINDS: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  json: 'application/json',
  txt: 'text/plain',
  csv: 'text/csv',
};
export const mimeOf = (name: string): string => KINDS[name.split('.').at(-1)!.toLowerCase()] ?? 'application/octet-stream';

/** Uploads that were asked for and are not complete yet, by the room's id of the file. */
export type Upload = { name: string; length: number; alt?: string; bytes?: Uint8Array };
const uploads = new WeakMap<World, Map<string, Upload>>();
export const uploadsOf = (world: World): Map<string, Upload> => uploads.get(world) ?? uploads.set(world, new Map()).get(world)!;

async function complete(args: Args, world: World): Promise<Json> {
  const { team, processingMs } = world;
  const { files, channel_id, thread_ts, initial_comment } = args;
  demand(Array.isArray(files) && files.length > 0, 'invalid_arguments');
  demand(initial_comment === undefined || args.blocks === undefined, 'invalid_arguments');
  if (args.blocks !== undefined) content(world, { blocks: args.blocks });
  const channel = channel_id === undefined ? undefined : writable(world, channel_id);
  demand(thread_ts === undefined || (channel && team.message(slackId(channel.id), thread_ts)), 'invalid_thread_ts');
  const open = uploadsOf(world);
  const named = (files as { id: string; title?: string }[]).map(({ id, title }) => ({
    id: roomId(id),
    title,
    upload: open.get(roomId(id)),
  }));
  demand(
    named.every(({ upload }) => upload?.bytes),
    'file_not_found',
  );
  const shared = [];
  for (const { id, title, upload } of named) {
    const { name, alt, bytes } = upload!;
    open.delete(id);
    const mimetype = mimeOf(name);
    const file = { user: team.botUser, name, mimetype, size: bytes!.length, title: title ?? name, readyAt: team.now() + processingMs, alt };
    team.files.set(id, file);
    team.bytes.set(id, bytes!);
    shared.push({ id, name, bytes: bytes!.length, mime: mimetype });
  }
  if (channel) {
    const id = team.room.newId();
    const thread = thread_ts === undefined ? undefined : team.message(slackId(channel.id), thread_ts)!.id;
    const at = { id, channel: channel.id, thread, author: team.state.bot, at: team.now() };
    await team.happen({ kind: 'said', message: { ...at, markdown: String(initial_comment ?? ''), files: shared, reactions: {} } });
  }
  return { files: shared.map(({ id }) => fileJson(team, id)) };
}

export const FILES: Record<string, Method> = {
  'files.getUploadURLExternal': {
    tier: 4,
    scopes: ['files:write'],
    takes: { filename: 'text', length: 'number', alt_text: 'text', alt_txt: 'text', snippet_type: 'text' },
    needs: ['filename', 'length'],
    run({ filename, length, alt_text, alt_txt }, world) {
      demand(Number(length) > 0 && Number(length) <= FILE_BYTES, 'invalid_arguments');
      const id = world.team.room.newId('f');
      uploadsOf(world).set(id, { name: String(filename), length: Number(length), alt: (alt_text ?? alt_txt) as string | undefined });
      return { file_id: slackId(id), upload_url: `${world.base}/upload/v1/${slackId(id)}-${randomBytes(6).toString('hex')}` };
    },
  },
  'files.completeUploadExternal': {
    tier: 4,
    scopes: ['files:write'],
    takes: {
      files: 'json',
      channel_id: 'text',
      channels: 'text',
      thread_ts: 'text',
      initial_comment: 'text',
      blocks: 'json',
      highlight_type: 'text',
    },
    needs: ['files'],
    run: complete,
  },
  'files.info': {
    tier: 4,
    scopes: ['files:read'],
    takes: { file: 'text', count: 'number', page: 'number', limit: 'number', cursor: 'text' },
    needs: ['file'],
    run({ file }, { team }) {
      const known = team.files.get(roomId(String(file)));
      demand(known, 'file_not_found');
      demand(!known.deleted, 'file_deleted');
      return { file: fileJson(team, roomId(String(file))), comments: [] };
    },
  },
  'files.delete': {
    tier: 3,
    scopes: ['files:write'],
    takes: { file: 'text' },
    needs: ['file'],
    run({ file }, { team }) {
      const known = team.files.get(roomId(String(file)));
      demand(known, 'file_not_found');
      demand(!known.deleted, 'file_deleted');
      demand(known.user === team.botUser, 'cant_delete_file');
      known.deleted = true;
      return {};
    },
  },
};
