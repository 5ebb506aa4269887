// Ids as Feishu makes them: a prefix that says what it is, and 32 hexadecimal digits.
import { randomBytes } from 'node:crypto';

const PREFIXES = {
  message: 'om_',
  chat: 'oc_',
  person: 'ou_',
  image: 'img_v3_',
  file: 'file_v3_',
  reaction: 'ZC',
  event: '',
  token: 't-',
  press: 'c-',
};

export const newFeishuId = (what: keyof typeof PREFIXES): string => `${PREFIXES[what]}${randomBytes(16).toString('hex')}`;

/** A thread has an id of its own, made from that of the message it hangs on. */
export const threadIdOf = (root: string): string => root.replace(/^om_/, 'omt_');
export const rootOfThread = (thread: string): string => thread.replace(/^omt_/, 'om_');
