// E-mail addresses, plain or dodging ("jo [at] quay.example"), and not what merely has an @: remotes, logins, package versions.
import { type Found, found } from './found.ts';

const ADDRESS =
  /(?<![A-Za-z\d.!#$%&'*+/=?^_`{|}~-])[A-Za-z\d_](?:[\w.+'%-]*[\w+-])?@(?:[A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?\.)+[A-Za-z]{2,24}(?![A-Za-z\d])/g;
const DODGING =
  /(?<![\w.+-])[A-Za-z\d][\w.+-]*\s*[[({<]\s*at\s*[\])}>]\s*[A-Za-z\d-]+(?:\s*(?:\.|[[({<]\s*dot\s*[\])}>])\s*[A-Za-z\d-]+)*\s*(?:\.|[[({<]\s*dot\s*[\])}>])\s*[A-Za-z]{2,24}\b/gi;
/** git@host:path and scp's user@host:path. */
const REMOTE_PATH = /^:[\w~/.]/;
const REMOTE_COMMAND = /\b(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id)\s+(?:-\S+\s+)*$/;
const INSIDE_URL = /:\/\/[^\s/]*$/;
const VERSION_DOMAIN = /@(?:\d+\.\d|[\d.]+x\.)/;

export function emails(text: string): Found[] {
  const plain = [...text.matchAll(ADDRESS)].filter(({ 0: address, index }) => {
    const before = text.slice(0, index);
    const remote = address.startsWith('git@') || REMOTE_PATH.test(text.slice(index + address.length)) || REMOTE_COMMAND.test(before);
    return !remote && !INSIDE_URL.test(before) && !VERSION_DOMAIN.test(address);
  });
  return [...plain, ...text.matchAll(DODGING)].map(({ 0: address, index }) => found('email', index, address.length));
}
