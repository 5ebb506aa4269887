// Private keys as blocks (PEM, OpenSSH, PGP), as bare base64, and cut ones: how far those reach nobody can tell.
import { type Found, found } from './found.ts';

const RULE = '(?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?';
const BLOCK = new RegExp(`-{4,5}\\s?BEGIN ${RULE}\\s?-{4,5}(?:[\\s\\S]*?-{4,5}\\s?END ${RULE}\\s?-{4,5})?`, 'g');
const END = new RegExp(`-{4,5}\\s?END ${RULE}\\s?-{4,5}`);
const LONELY_END = new RegExp(END, 'g');
/** DER of PKCS#1 and PKCS#8 private keys in base64, as payment platforms hand them out. */
const BARE = /(?<![A-Za-z\d+/])MI[A-Za-z\d+/]{2,6}(?:IBAAK|IBADANBgkqhkiG9w0|IGHAgEAMBMGByqGSM49)[A-Za-z\d+/\s\\]{40,}={0,2}/g;

export function privateKeys(text: string): Found[] {
  const blocks = [...text.matchAll(BLOCK)].map(({ 0: block, index }) =>
    END.test(block) ? found('private-key', index, block.length) : cut(index, text.length),
  );
  const ends = [...text.matchAll(LONELY_END)]
    .filter(({ index }) => !blocks.some(({ start, end }) => start <= index && index < end))
    .map(({ 0: rule, index }) => cut(0, index + rule.length));
  const bare = [...text.matchAll(BARE)].map(({ 0: key, index }) => found('private-key', index, key.trimEnd().length));
  return [...blocks, ...ends, ...bare];
}

const cut = (start: number, end: number): Found => ({ kind: 'private-key', start, end, maskable: false });
