// Made-up keys in the forms that their providers publish.
import { crc32 } from 'node:zlib';

export type Random = () => number;
export type Maker = (random: Random) => string;

export const DIGITS = '0123456789';
export const HEX = '0123456789abcdef';
export const LOWER = 'abcdefghijklmnopqrstuvwxyz';
export const UPPER = LOWER.toUpperCase();
export const WORD = DIGITS + LOWER + UPPER;
export const BASE64 = `${WORD}+/`;

export const pick = <T>(from: ArrayLike<T>, random: Random): T => from[Math.floor(random() * from.length)];
export const some = (alphabet: string, count: number, random: Random): string =>
  Array.from({ length: count }, () => pick(alphabet, random)).join('');
/** GitHub's and npm's tokens end in the CRC-32 of their body, six places of base 62. */
const withChecksum =
  (prefix: string): Maker =>
  random => {
    const body = some(WORD, 30, random);
    let rest = crc32(body);
    let sum = '';
    for (let place = 0; place < 6; place++, rest = Math.floor(rest / 62)) sum = (DIGITS + UPPER + LOWER)[rest % 62] + sum;
    return `${prefix}_${body}${sum}`;
  };
const after =
  (prefix: string, alphabet: string, count: number): Maker =>
  random =>
    prefix + some(alphabet, count, random);
export const uuid: Maker = random => [8, 4, 4, 4, 12].map(count => some(HEX, count, random)).join('-');
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt: Maker = random =>
  [
    base64url({ alg: 'HS256', typ: 'JWT' }),
    base64url({ sub: some(DIGITS, 8, random), exp: 1700000000 }),
    some(`${WORD}-_`, 43, random),
  ].join('.');

/** Keys that say by their form whose they are. */
export const KEYS = {
  githubClassic: withChecksum('ghp'),
  githubFine: random => `github_pat_${some(WORD, 22, random)}_${some(WORD, 59, random)}`,
  slackBot: random => `xoxb-${some(DIGITS, 12, random)}-${some(DIGITS, 13, random)}-${some(WORD, 24, random)}`,
  slackHook: random => `https://hooks.slack.com/services/T${some(UPPER, 8, random)}/B${some(UPPER, 10, random)}/${some(WORD, 24, random)}`,
  awsId: after('AKIA', `${UPPER}234567`, 16),
  openai: random => `sk-proj-${some(WORD, 74, random)}T3BlbkFJ${some(WORD, 74, random)}`,
  anthropic: random => `sk-ant-api03-${some(`${WORD}-_`, 93, random)}AA`,
  deepseek: after('sk-', HEX, 32),
  stripe: after('sk_live_', WORD, 24),
  stripeHook: after('whsec_', WORD, 32),
  google: after('AIza', `${WORD}-_`, 35),
  gitlab: after('glpat-', WORD, 20),
  npm: withChecksum('npm'),
  huggingface: after('hf_', LOWER + UPPER, 34),
  sendgrid: random => `SG.${some(WORD, 22, random)}.${some(WORD, 43, random)}`,
  telegram: random => `${some('123456789', 10, random)}:AA${some(`${WORD}-_`, 33, random)}`,
  shopify: after('shpat_', HEX, 32),
  jwt,
  aliyunId: after('LTAI5t', WORD, 18),
  tencentId: after('AKID', WORD, 32),
  feishuHook: random => `https://open.feishu.cn/open-apis/bot/v2/hook/${uuid(random)}`,
  dingtalkHook: random => `https://oapi.dingtalk.com/robot/send?access_token=${some(HEX, 64, random)}`,
  wecomHook: random => `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${uuid(random)}`,
  digitalocean: after('dop_v1_', HEX, 64),
  grafana: random => `glsa_${some(WORD, 32, random)}_${some(HEX, 8, random)}`,
  pypi: after('pypi-AgEIcHlwaS5vcmc', `${WORD}-_`, 120),
  docker: after('dckr_pat_', `${WORD}-_`, 27),
  linear: after('lin_api_', WORD, 40),
  groq: after('gsk_', WORD, 52),
  vault: after('hvs.', `${WORD}-_`, 92),
} satisfies Record<string, Maker>;
