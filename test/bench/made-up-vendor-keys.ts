// More made-up keys in the forms that their vendors publish, for the seventh later set: written before it was measured the first time.
import { BASE64, DIGITS, HEX, LOWER, type Maker, some, UPPER, uuid, WORD } from './made-up-keys.ts';

const URL_SAFE = `${WORD}-_`;
const BASE32 = `${UPPER}234567`;

const after =
  (prefix: string, alphabet: string, count: number): Maker =>
  random =>
    prefix + some(alphabet, count, random);
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Forms that say by themselves whose they are. */
export const VENDOR_KEYS = {
  awsTemporaryId: after('ASIA', BASE32, 16),
  bedrock: after('ABSK', BASE64, 128),
  googleClientSecret: after('GOCSPX-', URL_SAFE, 28),
  googleAccess: after('ya29.a0', URL_SAFE, 160),
  googleRefresh: after('1//0g', URL_SAFE, 98),
  firebaseServer: random => `AAAA${some(URL_SAFE, 7, random)}:APA91b${some(URL_SAFE, 134, random)}`,
  entraSecret: random => `${some(WORD, 3, random)}8Q~${some(URL_SAFE, 34, random)}`,
  slackApp: random => `xapp-1-A${some(DIGITS + UPPER, 10, random)}-${some(DIGITS, 13, random)}-${some(HEX, 64, random)}`,
  slackUser: random => `xoxp-${some(DIGITS, 12, random)}-${some(DIGITS, 12, random)}-${some(DIGITS, 13, random)}-${some(HEX, 32, random)}`,
  githubServer: after('ghs_', WORD, 36),
  gitlabRunner: after('glrt-', URL_SAFE, 20),
  gitlabDeploy: after('gldt-', URL_SAFE, 20),
  bitbucket: after('ATBB', WORD, 32),
  atlassian: random => `ATATT3xFfGF0${some(URL_SAFE, 171, random)}=${some(HEX.toUpperCase(), 8, random)}`,
  stripeRestricted: after('rk_live_', WORD, 24),
  stripeTest: after('sk_test_', WORD, 24),
  squareAccess: after('EAAA', URL_SAFE, 60),
  twilioKey: after('SK', HEX, 32),
  mailgun: after('key-', HEX, 32),
  mailchimp: random => `${some(HEX, 32, random)}-us14`,
  brevo: random => `xkeysib-${some(HEX, 64, random)}-${some(WORD, 16, random)}`,
  resend: random => `re_${some(WORD, 8, random)}_${some(WORD, 24, random)}`,
  sentryUser: after('sntryu_', HEX, 64),
  newRelic: after('NRAK-', UPPER + DIGITS, 27),
  databricks: after('dapi', HEX, 32),
  heroku: random => `HRKU-${uuid(random)}`,
  netlify: after('nfp_', WORD, 36),
  supabase: after('sbp_', HEX, 40),
  supabaseSecret: random => `sb_secret_${some(URL_SAFE, 22, random)}_${some(WORD, 8, random)}`,
  planetscale: after('pscale_pw_', URL_SAFE, 43),
  neon: after('napi_', LOWER + DIGITS, 64),
  notion: after('ntn_', WORD, 46),
  airtable: random => `pat${some(WORD, 14, random)}.${some(HEX, 64, random)}`,
  figma: after('figd_', URL_SAFE, 40),
  postman: random => `PMAK-${some(HEX, 24, random)}-${some(HEX, 34, random)}`,
  pulumi: after('pul-', HEX, 40),
  terraform: random => `${some(WORD, 14, random)}.atlasv1.${some(URL_SAFE, 67, random)}`,
  doppler: after('dp.pt.', WORD, 43),
  openrouter: after('sk-or-v1-', HEX, 64),
  replicate: after('r8_', WORD, 37),
  perplexity: after('pplx-', WORD, 48),
  xai: after('xai-', WORD, 80),
  langsmith: random => `lsv2_pt_${some(HEX, 32, random)}_${some(HEX, 10, random)}`,
  langfuse: random => `sk-lf-${uuid(random)}`,
  nvidia: after('nvapi-', URL_SAFE, 64),
  elevenlabs: after('sk_', HEX, 48),
  zhipu: random => `${some(HEX, 32, random)}.${some(WORD, 16, random)}`,
  moonshot: after('sk-', WORD, 48),
  volcengineId: random => `AKLT${some(WORD, 43, random)}`,
  baiduV3: random => `bce-v3/ALTAK-${some(WORD, 21, random)}/${some(HEX, 40, random)}`,
  rubygems: after('rubygems_', HEX, 48),
  crates: after('cio', WORD, 32),
  nuget: after('oy2', LOWER + DIGITS, 43),
  sonar: after('sqp_', HEX, 40),
  circleci: random => `CCIPAT_${some(WORD, 22, random)}_${some(HEX, 40, random)}`,
  buildkite: after('bkua_', HEX, 40),
  tailscale: random => `tskey-auth-${some(WORD, 16, random)}-${some(WORD, 32, random)}`,
  ageKey: after('AGE-SECRET-KEY-1', '023456789ACDEFGHJKLMNPQRSTUVWXYZ', 58),
  posthog: after('phx_', WORD, 43),
  rollingDiscordBot: random => `MT${some(WORD, 24, random)}.G${some(URL_SAFE, 5, random)}.${some(URL_SAFE, 38, random)}`,
  jwtRs256: random =>
    [
      Buffer.from('{"kid":"2024-06","typ":"JWT","alg":"RS256"}').toString('base64url'),
      Buffer.from(`{"iss":"https://id.test","sub":"${some(HEX, 12, random)}","scope":"admin"}`).toString('base64url'),
      some(URL_SAFE, 342, random),
    ].join('.'),
} satisfies Record<string, Maker>;

/** What only the words, the header or the address around it give away. */
export const TOLD_KEYS = {
  awsSession: random => `IQoJb3JpZ2luX2Vj${some(BASE64, 280, random)}==`,
  azureDevops: after('', `${LOWER}234567`, 52),
  wechatAppSecret: random => some(HEX, 32, random),
  base32: after('', BASE32, 32),
  sessionId: after('', URL_SAFE, 26),
  basicAuth: random => base64(`deploy:${some(WORD, 14, random)}`),
  pemOneLine: random =>
    `-----BEGIN ${'PRIVATE'} KEY-----\\n${Array.from({ length: 12 }, () => some(BASE64, 64, random)).join('\\n')}\\n-----END ${'PRIVATE'} KEY-----`,
  base64Pem: random => base64(`-----BEGIN RSA ${'PRIVATE'} KEY-----\n${some(BASE64, 600, random)}`),
  discordHookEnd: random => `${some(DIGITS, 19, random)}/${some(URL_SAFE, 68, random)}`,
  teamsHookEnd: random => `${uuid(random)}@${uuid(random)}/IncomingWebhook/${some(HEX, 32, random)}/${uuid(random)}`,
  sasSignature: random => `${some(WORD, 43, random)}%3D`,
} satisfies Record<string, Maker>;
