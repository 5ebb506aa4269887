// E-mail addresses, plain or dodging ("jo [at] quay.example"), and not what merely has an @: remotes, logins, package versions.
import { type Found, found } from './found.ts';

const ADDRESS =
  /(?<![A-Za-z\d.!$%+^_~-])[A-Za-z\d_](?:[\w.+'%-]*[\w+-])?@(?:[A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?\.)+[A-Za-z]{2,24}(?![A-Za-z\d])/g;
const DODGING =
  /(?<![\w.+-])[A-Za-z\d][\w.+-]*\s*[[({<]\s*at\s*[\])}>]\s*[A-Za-z\d-]+(?:\s*(?:\.|[[({<]\s*dot\s*[\])}>])\s*[A-Za-z\d-]+)*\s*(?:\.|[[({<]\s*dot\s*[\])}>])\s*[A-Za-z]{2,24}\b/gi;
/** git@host:path and scp's user@host:path; behind curl's -u the colon is followed by a password. */
const REMOTE_PATH = /^:[\w~/.]/;
const LOGIN_OPTION = /\s(?:-u|--user)[ =]?["']?$/;
const REMOTE_COMMAND = /\b(?:ssh|scp|sftp|rsync|mosh|ssh-copy-id)\s+(?:-\S+\s+)*$/;
/** `@acme/ui@next.js` is a package. */
const SCOPE = /@[\w.-]+\/$/;
const INSIDE_URL = /:\/\/[^\s/]*$/;
const VERSION_DOMAIN = /@(?:\d+\.\d|[\d.]+x\.)/;

export function emails(text: string): Found[] {
  const plain = [...text.matchAll(ADDRESS)].filter(({ 0: address, index }) => {
    const before = text.slice(0, index);
    const path = REMOTE_PATH.test(text.slice(index + address.length)) && !LOGIN_OPTION.test(before);
    const remote = address.startsWith('git@') || path || REMOTE_COMMAND.test(before);
    return !remote && !SCOPE.test(before) && !INSIDE_URL.test(before) && !VERSION_DOMAIN.test(address);
  });
  return [...plain, ...text.matchAll(DODGING)].map(({ 0: address, index }) => found('email', index, address.length));
}
