// Files that belong to a message of ours: uploaded into its thread, each once.
import { createHash } from 'node:crypto';
import { bounded } from '../bounded.ts';
import type { Calls } from './calls.ts';
import type { Files } from './files.ts';
import { isMine, type Me, type SlackMessage } from './message.ts';

export type OwnFile = { name: string; mime: string; text: string };

export type Attached = {
  /** `made`: the message was created just now, so nothing can lie below it yet. */
  attach(key: string, thread: { channel: string; thread: string }, file: OwnFile, made: boolean): Promise<void>;
};

export function openAttached({ apiCall }: Calls, files: Pick<Files, 'upload'>, me: Me): Attached {
  const lying = bounded<string, string>(2_000);

  /** After a restart we do not know; the thread does. */
  async function liesThere({ channel, thread }: { channel: string; thread: string }, name: string): Promise<boolean> {
    const { messages = [] } = await apiCall<{ messages?: SlackMessage[] }>('conversations.replies', { channel, ts: thread, limit: 200 });
    return messages.some(message => isMine(message, me) && message.files?.some(file => file.name === name));
  }

  return {
    async attach(key, thread, { name, text }, made) {
      const wanted = createHash('sha256').update(text).digest('base64');
      const known = lying.get(`${key} ${name}`);
      if (known === wanted) return;
      const there = known === undefined && !made && (await liesThere(thread, name));
      if (!there) await files.upload({ name, bytes: Buffer.from(text) }, thread);
      lying.set(`${key} ${name}`, wanted);
    },
  };
}
