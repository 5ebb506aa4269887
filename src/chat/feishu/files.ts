// Files that people drop. Feishu names them by message and key; how big one is it says only when asked for it.
import type { Attachment } from '../chat.ts';
import { Gone, TooLong } from '../errors.ts';
import { MAX_FILE_BYTES } from '../files.ts';
import type { Api } from './api.ts';
import { means } from './codes.ts';
import { fileIn, type Said } from './events.ts';
import type { Item } from './wire.ts';

type Found = NonNullable<Said['file']>;

export type Files = {
  /** With its size, as the contract wants it; 0 where Feishu does not tell. */
  attachment(file: Found): Promise<Attachment>;
  /** The file in a message that somebody pointed to, if it is one. */
  inMessage(id: string): Promise<Attachment | undefined>;
  open(file: Attachment): Promise<Uint8Array>;
};

/** Names tell more than the types that Feishu has (`stream` for nearly all). */
const MIMES: Record<string, string> = {
  json: 'application/json',
  jsonl: 'application/jsonl',
  ndjson: 'application/x-ndjson',
  txt: 'text/plain',
};

export function openFiles({ client, ask }: Api): Files {
  const request = (message: string, key: string, responseType: 'stream' | 'arraybuffer') => () =>
    client
      .request({
        method: 'GET',
        url: `/open-apis/im/v1/messages/${encodeURIComponent(message)}/resources/${encodeURIComponent(key)}`,
        params: { type: 'file' },
        responseType,
      })
      .then((data: unknown) => ({ data }));

  async function attachment({ message, key, name }: Found): Promise<Attachment> {
    const headers = (await ask(request(message, key, 'stream')).catch(() => ({}))) as Record<string, string>;
    const said = Number(headers['content-length']) || 0;
    const bytes =
      said ||
      (await ask(request(message, key, 'arraybuffer'))
        .then(got => (got as Uint8Array).length)
        .catch(() => 0));
    const mime = MIMES[/\.(\w+)$/.exec(name)?.[1].toLowerCase() ?? ''] ?? 'application/octet-stream';
    return { id: `${message}/${key}`, name, bytes, mime };
  }

  return {
    attachment,
    async inMessage(id) {
      const found = await ask<{ items?: Item[] }>(() => client.im.v1.message.get({ path: { message_id: id } })).catch(error => {
        if (means(error, 'gone', 'hidden', 'outside')) return undefined;
        throw error;
      });
      const [item] = found?.items ?? [];
      if (item?.msg_type !== 'file' || item.deleted) return undefined;
      const file = fileIn(id, item.body?.content ?? '');
      return file && attachment(file);
    },
    async open({ id, name, bytes }) {
      const [message, key] = id.split('/');
      if (!key) throw new Gone(`file ${name}`);
      if (bytes > MAX_FILE_BYTES) throw new TooLong('file');
      return (await ask(request(message, key, 'arraybuffer')).catch(error => {
        // A key that is not in the message is a wrong argument to Feishu.
        if (means(error, 'badFile')) throw new Gone(`file ${name}`, { cause: error });
        throw error;
      })) as Uint8Array;
    },
  };
}
