// Keys without a form of their own that the words beside them give away: `api_key = "…"`, "the signing secret is …", "SecretKey …".
import { type Found, found } from './found.ts';
import { canBeSaid, isShortKey, looksRandom } from './looks-secret.ts';

const NAME =
  '(?:(?:api|access|secret|private|auth|encryption|signing|master|app|license|service|account|shared ?access|storage|deploy|client|jwt|session|webhook|bot|refresh|security|push)[ _.-]?(?:key|secret|token)|x-[\\w-]*auth[\\w-]*|secret|token|credentials?|creds|api ?key|licen[cs]e|(?:product|activation) (?:key|code)|(?<![a-z])[as]k(?![a-z])|(?<=[?&])sig(?:nature)?|(?<![a-z])keys?(?![a-z])|密钥|秘钥|密匙|令牌|凭证|凭据|私钥|授权码|激活码|注册码|序列号)';
/** Names that say secret by themselves: beside them a shorter value will do. */
const STRONG = /secret|token|api|access|licen[cs]e|product|activation|auth|密钥|秘钥|令牌|凭|授权码|激活码|注册码|序列号/i;
const LONG_ENOUGH = 20;

const VALUE = /(?<![\w+/])[A-Za-z\d+/][\w+/.~%-]{14,}={0,2}/g;
const NAMED_BEFORE = new RegExp(`^[\\s\\S]*(${NAME})([^\\n。;!！?？]{0,40}?(?:[\\s:：=＝是为]\\s*|[\\s:：=＝]*["'\`“‘「(]))$`, 'i');
/** The secret half of a pair follows the half that has a form. */
const OTHER_HALF = /(?<![A-Za-z\d])(?:A[KS]IA[A-Z\d]{16}|LTAI[A-Za-z\d]{12,26}|AKID[A-Za-z\d]{32})[\s/|,;:，、；：]+$/;
const NAMED_AFTER = new RegExp(
  `^["'\`”’」]?(?: (?:is|was|as) (?:the|our|my|your|his|her|an?) (?:[\\w-]+ ){0,3}|\\s*(?:就是|是|作为)[^，。\\n]{0,8}?)(${NAME})`,
  'i',
);

/** Keys that open nothing. */
const OPENS_NOTHING = /(?:primary|foreign|idempotency|partition|cache|sort|public|dedup\w*|translation|object|routing|ssh)[ _-]?$/i;
/** What a random looking value is instead. */
const INSTEAD =
  /\b(?:commit|sha-?\d*|md5|hash|digest|checksum|image|build|trace|span|request|uuid|fingerprint|public|ssh-\w+|ecdsa\S*|[\w-]*_?id)\b|提交|镜像|哈希|指纹|公钥|请求号|链路|(?<!AK|K)\bID\b|https?:\/\/\S*$/i;

/** `client_secret=abc123XYZ`: too short to look random, but assigned to a name that says secret. */
const ASSIGNED_SHORT =
  /(?:secret|token|(?:api|access|secret|auth|private)[ _-]?key|密钥|秘钥|令牌)["']?\s*(?:[=:：＝]|是|为)\s*["'`]?([\w.~+/-]{8,40})(?=["'`\s,;，。；]|$)/gi;

/** `JWT_SECRET=four-words-and-1-digit`: behind a variable in capitals even what a person made up. */
const SHOUTED_SECRET = /\b[A-Z\d_]*SECRET(?:_KEY)?=["']?([\w.~+/!@#$%^&*-]{8,80})(?=["'\s;,，；。]|$)/g;

export function toldKeys(text: string): Found[] {
  const short = [...text.matchAll(ASSIGNED_SHORT)].filter(({ 1: value }) => isShortKey(value));
  const shouted = [...text.matchAll(SHOUTED_SECRET)].filter(({ 1: value }) => canBeSaid(value));
  return [
    ...random(text),
    ...[...short, ...shouted].map(({ 0: whole, 1: value, index }) => found('key', index + whole.length - value.length, value.length)),
  ];
}

function random(text: string): Found[] {
  return [...text.matchAll(VALUE)].flatMap(({ 0: run, index }) => {
    const value = run.replace(/[.~-]+$/, '');
    const isKey =
      looksRandom(value) && (isNamedBefore(text.slice(Math.max(0, index - 80), index), value) || isNamedAfter(text, index, value));
    return isKey ? [found('key', index, value.length)] : [];
  });
}

function isNamedBefore(before: string, value: string): boolean {
  if (OTHER_HALF.test(before)) return true;
  const named = before.match(NAMED_BEFORE);
  if (!named) return false;
  const [whole, name, between] = named;
  if (OPENS_NOTHING.test(whole.slice(0, whole.length - name.length - between.length)) || INSTEAD.test(between)) return false;
  return STRONG.test(name) || value.length >= LONG_ENOUGH;
}

function isNamedAfter(text: string, index: number, value: string): boolean {
  const named = text.slice(index + value.length).match(NAMED_AFTER);
  return named !== null && !INSTEAD.test(named[0]) && !INSTEAD.test(text.slice(Math.max(0, index - 20), index));
}
