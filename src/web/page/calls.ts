// What the page asks of the server. A refusal arrives as an Error whose message is a sentence for the reader.
import type { Attachment, Form } from '../../chat/chat.ts';
import { language, t } from './sentences.ts';

export type Press = { as: string; message: string; action: string; value: string; fields?: Record<string, string> };

export const sendMessage = (message: { as: string; channel: string; thread?: string; text: string; files: string[] }): Promise<unknown> =>
  post('/say', message);

export const sendPress = (press: Press): Promise<{ fieldErrors?: Record<string, string> }> => post('/press', press);

export const askForm = async (press: Press): Promise<Form | undefined> => (await post<{ form?: Form }>('/form', press)).form;

export const react = (reaction: { as: string; message: string; sign: string; on: boolean }): Promise<unknown> => post('/react', reaction);

export const editMessage = (edit: { as: string; message: string; text: string }): Promise<unknown> => post('/edit', edit);

export const removeMessage = (removal: { as: string; message: string }): Promise<unknown> => post('/remove', removal);

export const addPerson = (name: string): Promise<{ id: string; name: string }> => post('/people', { name });

export const addChannel = (channel: { as: string; name: string; purpose: string }): Promise<{ id: string }> => post('/channels', channel);

export const loadSampleTeam = (team: { as: string; lang: string }): Promise<unknown> => post('/sample-team', team);

export const chooseLanguage = (choice: { as: string; lang: string }): Promise<unknown> => post('/language', choice);

export const uploadFile = (file: File): Promise<Attachment> =>
  request(`/files?name=${encodeURIComponent(file.name)}`, { body: file, type: file.type || 'application/octet-stream' });

const post = <T>(path: string, body: unknown): Promise<T> => request(path, { body: JSON.stringify(body), type: 'application/json' });

async function request<T>(path: string, { body, type }: { body: BodyInit; type: string }): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(path, { method: 'POST', body, headers: { 'content-type': type, 'accept-language': language() } });
  } catch (cause) {
    throw new Error(t('failed'), { cause });
  }
  const result = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(result.problem ?? t('failed'));
  return result;
}
