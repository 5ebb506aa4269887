// The only reader of the environment. An empty variable counts as unset; everything that is wrong is said in one message.
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Refusal } from './problem.ts';
import { type Lang, say } from './words/words.ts';

export type Env = Record<string, string | undefined>;
export type WorkerRole = 'train' | 'answer';

export type Config = {
  /** DATA_DIR: the one folder that holds everything of ours; absolute. */
  dataDir: string;
  /** DATABASE_URL: a Postgres server; unset = the bundled one. */
  databaseUrl?: string;
  /** REDIS_URL: a Redis server for the queue; unset = the queue lies in Postgres. */
  redisUrl?: string;
  /** MODELS_DIR: base models, fetched once; absolute. */
  modelsDir: string;
  /** BASE_MODEL: a folder, a .gguf file or a Hugging Face id; unset = the default model. */
  baseModel?: string;
  /** HF_TOKEN and HF_ENDPOINT: what the Hugging Face hub asks for some models, and a mirror of it; named as Hugging Face's own programs name them. */
  hub: { token?: string; url?: string };
  /** LOCAL_CHAT: the chat on our own page. On, unless another place to talk in (SLACK_BOT_TOKEN, FEISHU_APP_ID) is set up. */
  localChat: boolean;
  /** Slack. Without its two tokens (or the bot's and the signing secret) that platform is off. */
  slack: {
    /** SLACK_BOT_TOKEN: xoxb-… */
    botToken?: string;
    /** SLACK_APP_TOKEN: xapp-…, for Socket Mode. */
    appToken?: string;
    /** SLACK_SIGNING_SECRET: set = events come by HTTP instead. */
    signingSecret?: string;
    /** SLACK_API_URL: another Slack, such as https://slack-gov.com/api/. */
    apiUrl?: string;
    /** SLACK_APPROVE: names of the reactions that approve. */
    approve?: string[];
  };
  /** Feishu or Lark. Without FEISHU_APP_ID and FEISHU_APP_SECRET that platform is off. */
  feishu: {
    appId?: string;
    appSecret?: string;
    /** FEISHU_DOMAIN: `feishu`, `lark`, or an address. */
    domain: string;
    /** FEISHU_ENCRYPT_KEY: set = events come by webhook instead of the long connection. */
    encryptKey?: string;
    /** FEISHU_VERIFICATION_TOKEN: every event by webhook must carry it. */
    verificationToken?: string;
    /** FEISHU_APPROVE: names of the reactions that approve. */
    approve?: string[];
  };
  /** ANSWER_URL: an OpenAI-compatible server that answers instead of the engine; ANSWER_KEY its key, ANSWER_MODEL the base's name there. */
  answer: { url?: string; key?: string; model: string };
  /** TRAINER: which program trains; `auto` = torch where a CUDA GPU and its environment are, else builtin. */
  trainer: 'auto' | 'builtin' | 'torch';
  /** TORCH_PYTHON: the Python of the torch environment; unset = the one that `npm run worker:setup` made. */
  torchPython?: string;
  /** TORCH_PROCESSES: so many GPUs (or processes on a CPU) share the rows of each step. */
  torchProcesses: number;
  /** TORCH_QUANTIZE: the base in 4 or 8 bits while the torch trainer trains: less memory, slightly less exact. */
  torchQuantize?: '4bit' | '8bit';
  /** HOST and PORT of the local chat; without PORT the one of last time, else a free one. */
  host: string;
  port?: number;
  /** WORKER_ROLES: what a worker does. */
  workerRoles: WorkerRole[];
  /** ARTIFACTS_DIR: adapters and checkpoints, shared by all workers; absolute. */
  artifactsDir: string;
  /** THREADS for training and answering. */
  threads: number;
  /** MACHINE_IS_OURS: threads may spin while they wait (faster, and wasteful beside other programs). */
  machineIsOurs: boolean;
  /** PRECISION of answers; training and evaluation are always in f32. */
  precision: 'f32' | 'int8';
  /** TRAINING_ALLOWED: the operator’s word that messages of Slack or Feishu may be learned from. The local chat needs none. */
  trainingAllowed: boolean;
  /** CONSENT: `ask` waits for an author’s yes before anything of theirs is learned; unset = told, and a day to say no. */
  consent?: 'ask';
  /** RETAIN_DAYS: so long texts of questions, answers, posts and samples are kept once they are closed. */
  retainDays: number;
  /** LANGUAGE, else LANG: the language where nobody has said another. */
  lang: Lang;
  /** LANGUAGE names it: then it holds in a place whose people would otherwise read another one, too. */
  langChosen: boolean;
  logLevel: LogLevel;
};

const ROLES = ['train', 'answer'] as const;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
const YES_NO: Record<string, boolean> = { 1: true, true: true, yes: true, on: true, 0: false, false: false, no: false, off: false };
const yesNo = (text: string) => YES_NO[text.toLowerCase()];
/** What such a variable holds is shown by its first characters only. */
const SECRET = /TOKEN|SECRET|KEY/;
const hidden = (text: string) => `${text.slice(0, 5)}…`;
/** Set where the team talks somewhere else. */
const OTHER_CHATS = ['SLACK_BOT_TOKEN', 'FEISHU_APP_ID'];
const MAX_THREADS = 1024;
const MAX_DAYS = 3650;

/** Relative paths count from `folder`. Throws one Refusal (`config.wrong`) whose `list` has a line for every bad variable. */
export function readConfig(env: Env = process.env, folder = process.cwd()): Config {
  const lang = placeLang(env);
  const wrong: string[] = [];

  /** The variable, if it is set and `parse` makes something of it; what `expected` says goes into the message. */
  function read<T>(name: string, expected: string, parse: (text: string) => T | undefined): T | undefined {
    const text = env[name]?.trim();
    if (!text) return undefined;
    const value = parse(text);
    if (value === undefined) wrong.push(say(lang, `config.${expected}`, { name, got: SECRET.test(name) ? hidden(text) : shown(text) }));
    return value;
  }

  const dataDir = resolve(folder, read('DATA_DIR', 'path', text => text) ?? '.apprentice');
  const config: Config = {
    dataDir,
    databaseUrl: read('DATABASE_URL', 'databaseUrl', text => urlOf(text, ['postgres:', 'postgresql:'])),
    redisUrl: read('REDIS_URL', 'redisUrl', text => urlOf(text, ['redis:', 'rediss:'])),
    modelsDir: resolve(folder, read('MODELS_DIR', 'path', text => text) ?? join(dataDir, 'models')),
    baseModel: read('BASE_MODEL', 'path', text => text),
    hub: {
      token: read('HF_TOKEN', 'hubToken', text => startingWith('hf_', text)),
      url: read('HF_ENDPOINT', 'url', text => urlOf(text, ['https:', 'http:'])?.replace(/\/+$/, '')),
    },
    localChat: read('LOCAL_CHAT', 'yesNo', yesNo) ?? !OTHER_CHATS.some(name => env[name]?.trim()),
    slack: {
      botToken: read('SLACK_BOT_TOKEN', 'slackBotToken', text => startingWith('xoxb-', text)),
      appToken: read('SLACK_APP_TOKEN', 'slackAppToken', text => startingWith('xapp-', text)),
      signingSecret: read('SLACK_SIGNING_SECRET', 'secret', text => text),
      apiUrl: read('SLACK_API_URL', 'url', text => urlOf(text, ['https:', 'http:'])),
      approve: read('SLACK_APPROVE', 'names', namesOf),
    },
    feishu: {
      appId: read('FEISHU_APP_ID', 'feishuAppId', text => (/^cli_[0-9a-f]{16}$/i.test(text) ? text : undefined)),
      appSecret: read('FEISHU_APP_SECRET', 'secret', text => text),
      domain: read('FEISHU_DOMAIN', 'feishuDomain', feishuDomain) ?? FEISHU_DOMAINS.feishu,
      encryptKey: read('FEISHU_ENCRYPT_KEY', 'secret', text => text),
      verificationToken: read('FEISHU_VERIFICATION_TOKEN', 'secret', text => text),
      approve: read('FEISHU_APPROVE', 'names', namesOf),
    },
    answer: {
      url: read('ANSWER_URL', 'url', text => urlOf(text, ['https:', 'http:'])),
      key: read('ANSWER_KEY', 'secret', text => text),
      model: read('ANSWER_MODEL', 'path', text => text) ?? 'base',
    },
    trainer: read('TRAINER', 'trainer', text => oneOf(['auto', 'builtin', 'torch'] as const, text)) ?? 'auto',
    torchPython: read('TORCH_PYTHON', 'path', text => text),
    torchProcesses: read('TORCH_PROCESSES', 'processes', text => integer(text, 1, MAX_THREADS)) ?? 1,
    torchQuantize: read('TORCH_QUANTIZE', 'quantize', text => oneOf(['4bit', '8bit'] as const, text)),
    host: read('HOST', 'host', text => (/^[\w.:-]+$/.test(text) ? text : undefined)) ?? '127.0.0.1',
    port: read('PORT', 'port', text => integer(text, 1, 65_535)),
    workerRoles: read('WORKER_ROLES', 'roles', rolesOf) ?? [...ROLES],
    artifactsDir: resolve(folder, read('ARTIFACTS_DIR', 'path', text => text) ?? join(dataDir, 'artifacts')),
    threads: read('THREADS', 'threads', text => integer(text, 1, MAX_THREADS)) ?? availableParallelism(),
    machineIsOurs: read('MACHINE_IS_OURS', 'yesNo', yesNo) ?? false,
    precision: read('PRECISION', 'precision', text => oneOf(['f32', 'int8'] as const, text)) ?? 'int8',
    trainingAllowed: read('TRAINING_ALLOWED', 'yesNo', yesNo) ?? false,
    consent: read('CONSENT', 'consent', text => oneOf(['ask'] as const, text)),
    retainDays: read('RETAIN_DAYS', 'days', text => integer(text, 1, MAX_DAYS)) ?? 30,
    lang,
    langChosen: langIn(env.LANGUAGE) !== undefined,
    logLevel: read('LOG_LEVEL', 'logLevel', text => oneOf(LOG_LEVELS, text)) ?? 'info',
  };
  if (wrong.length > 0) throw new Refusal('config.wrong', { count: wrong.length, list: wrong.map(line => `\n  ${line}`).join('') });
  return config;
}

/** The environment for a child: ours, and what it must know besides. */
export const childEnv = (more: Env = {}, env: Env = process.env): Env => ({ ...env, ...more });

/**
 * The language of this place, also for what is said before the configuration is read. LANGUAGE goes before LANG; it may be a list in
 * the order of preference (`de_AT:zh_CN:en`, as Debian sets it), of which the first that we write counts.
 */
export function placeLang(env: Env = process.env): Lang {
  return langIn(env.LANGUAGE) ?? langIn(env.LANG) ?? 'en';
}

/** The first language of a list in the order of preference that we write. */
const langIn = (locales = ''): Lang | undefined =>
  locales
    .split(':')
    .map(locale => readable(locale.trim()))
    .find(lang => lang !== undefined);

/** The language of a locale (`zh`, `zh-TW`, `en_US.UTF-8`), if we write it. */
function readable(locale: string): Lang | undefined {
  const [name] = locale.toLowerCase().split(/[-_.@]/);
  return name === 'zh' || name === 'en' ? name : undefined;
}

/** The two clouds have addresses of their own; anything else is an address as it is. */
const FEISHU_DOMAINS = { feishu: 'https://open.feishu.cn', lark: 'https://open.larksuite.com' };

function feishuDomain(text: string): string | undefined {
  const known = oneOf(['feishu', 'lark'] as const, text);
  return known ? FEISHU_DOMAINS[known] : urlOf(text, ['https:', 'http:'])?.replace(/\/+$/, '');
}

const startingWith = (prefix: string, text: string) => (text.startsWith(prefix) ? text : undefined);

function namesOf(text: string): string[] | undefined {
  const names = text.split(',').map(name => name.trim().replaceAll(':', ''));
  return names.every(name => /^[\w+-]+$/.test(name)) ? [...new Set(names)] : undefined;
}

const oneOf = <T extends string>(known: readonly T[], text: string) => known.find(value => value === text.toLowerCase());

function integer(text: string, least: number, most: number): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

function urlOf(text: string, protocols: string[]): string | undefined {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== '' ? text : undefined;
}

function rolesOf(text: string): WorkerRole[] | undefined {
  const roles = text.split(',').map(role => oneOf(ROLES, role.trim()));
  return roles.every(role => role !== undefined) ? [...new Set(roles)] : undefined;
}

/** A URL may hold a password: it never reaches a message. */
function shown(text: string): string {
  const hidden = text.replace(/\/\/.*@/, '//…@');
  return hidden.length > 80 ? `${hidden.slice(0, 80)}…` : hidden;
}
