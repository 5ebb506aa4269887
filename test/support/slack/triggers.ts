// What a person's action lends an app for a moment: a trigger for one view, and a response_url for five answers.
import { randomBytes } from 'node:crypto';
import { RESPONSE_URL, TRIGGER_MS } from './limits.ts';
import { demand, SlackRefusal } from './refusal.ts';

export type Triggers = ReturnType<typeof openTriggers>;
/** `message`: the room's id of the message that was pressed. */
export type Handle = { user: string; channel: string; message?: string };

export function openTriggers({ base, teamId, now }: { base: string; teamId: string; now(): number }) {
  const triggers = new Map<string, { user: string; at: number; used: boolean }>();
  const handles = new Map<string, Handle & { at: number; left: number }>();

  return {
    /** A trigger_id of `user` (the room's id). */
    lend(user: string): string {
      const id = `${Math.floor(now() / 1000)}.${randomBytes(5).readUIntBE(0, 5)}.${randomBytes(12).toString('hex')}`;
      triggers.set(id, { user, at: now(), used: false });
      return id;
    },
    /** Whose trigger this is: once, and within three seconds. docs.slack.dev/reference/methods/views.open */
    take(id: unknown): string {
      const trigger = triggers.get(String(id));
      demand(trigger, 'invalid_trigger_id');
      demand(!trigger.used, 'exchanged_trigger_id');
      demand(now() - trigger.at < TRIGGER_MS, 'expired_trigger_id');
      trigger.used = true;
      return trigger.user;
    },
    lendUrl(kind: 'commands' | 'actions', handle: Handle): string {
      const path = `/${kind}/${teamId}/${randomBytes(6).readUIntBE(0, 6)}/${randomBytes(12).toString('base64url')}`;
      handles.set(path, { ...handle, at: now(), left: RESPONSE_URL.uses });
      return base + path;
    },
    /** One use of a response_url. docs.slack.dev/interactivity/handling-user-interaction#message_responses */
    use(path: string): Handle {
      const handle = handles.get(path);
      if (!handle) throw new SlackRefusal('invalid_url', {}, 404);
      if (now() - handle.at > RESPONSE_URL.ms) throw new SlackRefusal('expired_url', {}, 404);
      if (handle.left-- <= 0) throw new SlackRefusal('used_url', {}, 404);
      return handle;
    },
  };
}
