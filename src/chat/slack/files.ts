// Files both ways: what people drop, with the bot's token; and what the bot uploads, in the three steps that Slack wants.
import type { Lang } from '../../words/words.ts';
import { say } from '../../words/words.ts';
import type { Attachment } from '../chat.ts';
import { Gone, NotAllowed, RetryLater, TooLong } from '../errors.ts';
import { bytesOf, MAX_FILE_BYTES } from '../files.ts';
import type { Calls } from './calls.ts';

const TRANSFER_MS = 60_000;

type SlackFile = { id: string; size?: number; url_private?: string; url_private_download?: string; mode?: string };

export type Files = {
  /** At most 20 MB. */
  open(file: Attachment): Promise<Uint8Array>;
  /** Gives the file's id. Without `to` nobody sees it until a block shows it. */
  upload(file: { name: string; bytes: Uint8Array; alt?: string }, to?: { channel: string; thread?: string }): Promise<string>;
};

/** `token` goes to Slack's own hosts only: those of slack.com, and that of `apiUrl`. */
export function openFiles({ apiCall }: Calls, { token, apiUrl, lang }: { token: string; apiUrl?: string; lang: Lang }): Files {
  const isSlacks = (url: URL) =>
    (url.protocol === 'https:' && /(^|\.)slack(-gov)?\.com$/.test(url.hostname)) ||
    (apiUrl !== undefined && url.host === new URL(apiUrl).host);

  async function open({ id }: Attachment): Promise<Uint8Array> {
    const { file } = await apiCall<{ file: SlackFile }>('files.info', { file: id });
    const address = file.url_private_download ?? file.url_private;
    if (!address || file.mode === 'tombstone') throw new Gone(`file ${id}`);
    if ((file.size ?? 0) > MAX_FILE_BYTES) throw new TooLong(`file ${id}`);
    if (!URL.canParse(address) || !isSlacks(new URL(address))) throw new NotAllowed(`file ${id}`, say(lang, 'slack.fix.elsewhere'));
    const response = await transfer(address, { headers: { authorization: `Bearer ${token}` } });
    if (response.status === 404) throw new Gone(`file ${id}`);
    // Without the scope Slack answers with its sign-in page.
    const signIn = response.headers.get('content-type')?.startsWith('text/html') && !/\.html?$/i.test(new URL(address).pathname);
    if (response.status === 401 || response.status === 403 || signIn) {
      throw new NotAllowed(`file ${id}`, say(lang, 'slack.fix.scope', { scopes: 'files:read' }));
    }
    if (!response.ok) throw new RetryLater(2_000, { cause: new Error(`HTTP ${response.status}`) });
    return bytesOf(response.body, `file ${id}`);
  }

  async function upload(
    { name, bytes, alt }: { name: string; bytes: Uint8Array; alt?: string },
    to?: { channel: string; thread?: string },
  ) {
    const { upload_url, file_id } = await apiCall<{ upload_url: string; file_id: string }>('files.getUploadURLExternal', {
      filename: name,
      length: bytes.byteLength,
      ...(alt && { alt_txt: alt }),
    });
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)]), name);
    const sent = await transfer(upload_url, { method: 'POST', body: form });
    if (!sent.ok) throw new RetryLater(2_000, { cause: new Error(`HTTP ${sent.status}`) });
    await apiCall('files.completeUploadExternal', {
      files: [{ id: file_id, title: name }],
      ...(to && { channel_id: to.channel, ...(to.thread && { thread_ts: to.thread }) }),
    });
    return file_id;
  }

  return { open, upload };
}

async function transfer(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(TRANSFER_MS) });
  } catch (cause) {
    throw new RetryLater(2_000, { cause });
  }
}
