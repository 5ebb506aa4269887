// The environment: good defaults, everything wrong in one message, no password in it.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Env, readConfig } from '../../src/config.ts';
import { Refusal } from '../../src/problem.ts';
import { say } from '../../src/words/words.ts';

function sentence(env: Env): string {
  try {
    readConfig(env, '/home/ada');
  } catch (error) {
    if (error instanceof Refusal) return say('en', error.problem.code, error.problem.values);
    throw error;
  }
  return '';
}

test('nothing set is a good configuration, and an empty variable counts as unset', () => {
  const unset = readConfig({}, '/home/ada');
  expect(unset).toMatchObject({
    dataDir: join('/home/ada', '.apprentice'),
    artifactsDir: join('/home/ada', '.apprentice', 'artifacts'),
    modelsDir: join('/home/ada', '.apprentice', 'models'),
    host: '127.0.0.1',
    localChat: true,
    trainingAllowed: false,
    retainDays: 30,
    workerRoles: ['train', 'answer'],
    machineIsOurs: false,
    precision: 'int8',
    lang: 'en',
    logLevel: 'info',
  });
  expect(unset.threads).toBeGreaterThan(0);
  const names = ['DATA_DIR', 'DATABASE_URL', 'REDIS_URL', 'BASE_MODEL', 'HOST', 'PORT', 'WORKER_ROLES', 'ARTIFACTS_DIR', 'THREADS'];
  const more = [
    'MODELS_DIR',
    'MACHINE_IS_OURS',
    'PRECISION',
    'LANGUAGE',
    'LANG',
    'LOG_LEVEL',
    'LOCAL_CHAT',
    'SLACK_BOT_TOKEN',
    'FEISHU_APP_ID',
    'TRAINING_ALLOWED',
    'RETAIN_DAYS',
  ];
  expect(readConfig(Object.fromEntries([...names, ...more].map(name => [name, ' '])), '/home/ada')).toEqual(unset);
});

test('everything can be set', () => {
  const env = {
    DATA_DIR: 'data',
    ARTIFACTS_DIR: '/shared/artifacts',
    MODELS_DIR: '/shared/models',
    DATABASE_URL: 'postgres://a:b@db:5432/x',
    REDIS_URL: 'rediss://cache',
    BASE_MODEL: 'org/name',
    HF_TOKEN: 'hf_1',
    HF_ENDPOINT: 'https://mirror.example/',
    HOST: '::',
    PORT: '8080',
    WORKER_ROLES: 'Answer, answer',
    THREADS: '3',
    MACHINE_IS_OURS: 'yes',
    TRAINING_ALLOWED: 'yes',
    RETAIN_DAYS: '7',
    PRECISION: 'F32',
    LOCAL_CHAT: 'off',
    LANG: 'zh_CN.UTF-8',
    LOG_LEVEL: 'debug',
    CONSENT: 'ask',
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    SLACK_SIGNING_SECRET: 'secret',
    SLACK_API_URL: 'https://slack-gov.com/api/',
    SLACK_APPROVE: ':white_check_mark:, +1',
    FEISHU_APP_ID: 'cli_0123456789abcdef',
    FEISHU_APP_SECRET: 'secret',
    FEISHU_DOMAIN: 'Lark',
    FEISHU_ENCRYPT_KEY: 'key',
    FEISHU_VERIFICATION_TOKEN: 'token',
    FEISHU_APPROVE: 'DONE',
    ANSWER_URL: 'http://gpu:8000/v1',
    ANSWER_KEY: 'key',
    ANSWER_MODEL: 'qwen',
    TRAINER: 'torch',
    TORCH_PYTHON: '/opt/torch/bin/python',
    TORCH_PROCESSES: '2',
    TORCH_QUANTIZE: '4bit',
  };
  expect(readConfig(env, '/home/ada')).toEqual({
    dataDir: '/home/ada/data',
    artifactsDir: '/shared/artifacts',
    modelsDir: '/shared/models',
    databaseUrl: 'postgres://a:b@db:5432/x',
    redisUrl: 'rediss://cache',
    baseModel: 'org/name',
    hub: { token: 'hf_1', url: 'https://mirror.example' },
    host: '::',
    port: 8080,
    workerRoles: ['answer'],
    threads: 3,
    machineIsOurs: true,
    precision: 'f32',
    localChat: false,
    trainingAllowed: true,
    retainDays: 7,
    consent: 'ask',
    slack: {
      botToken: 'xoxb-1',
      appToken: 'xapp-1',
      signingSecret: 'secret',
      apiUrl: 'https://slack-gov.com/api/',
      approve: ['white_check_mark', '+1'],
    },
    feishu: {
      appId: 'cli_0123456789abcdef',
      appSecret: 'secret',
      domain: 'https://open.larksuite.com',
      encryptKey: 'key',
      verificationToken: 'token',
      approve: ['DONE'],
    },
    answer: { url: 'http://gpu:8000/v1', key: 'key', model: 'qwen' },
    trainer: 'torch',
    torchPython: '/opt/torch/bin/python',
    torchProcesses: 2,
    torchQuantize: '4bit',
    lang: 'zh',
    langChosen: false,
    logLevel: 'debug',
  });
});

test('all bad variables stand in one message, each with what was expected', () => {
  const message = sentence({
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    REDIS_URL: 'localhost:6379',
    PORT: '70000',
    HOST: 'http://x/',
    WORKER_ROLES: 'train,dance',
    THREADS: '0',
    MACHINE_IS_OURS: 'perhaps',
    TRAINING_ALLOWED: 'soon',
    RETAIN_DAYS: '0',
    PRECISION: 'int4',
    LOCAL_CHAT: 'maybe',
    LOG_LEVEL: 'loud',
    SLACK_BOT_TOKEN: 'hunter2-token',
    SLACK_APP_TOKEN: 'xoxb-hunter2',
    FEISHU_APP_ID: 'app',
    FEISHU_DOMAIN: 'somewhere',
    SLACK_APPROVE: 'white check mark',
    ANSWER_URL: 'gpu:8000',
    TRAINER: 'jax',
    TORCH_PROCESSES: '0',
    TORCH_QUANTIZE: '2bit',
  });
  const lines = message.split('\n');
  expect(lines).toHaveLength(22);
  for (const name of [
    'LOCAL_CHAT',
    'DATABASE_URL',
    'REDIS_URL',
    'PORT',
    'HOST',
    'WORKER_ROLES',
    'THREADS',
    'MACHINE_IS_OURS',
    'TRAINING_ALLOWED',
    'RETAIN_DAYS',
    'PRECISION',
    'LOG_LEVEL',
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'FEISHU_APP_ID',
    'FEISHU_DOMAIN',
    'SLACK_APPROVE',
    'ANSWER_URL',
    'TRAINER',
    'TORCH_PROCESSES',
    'TORCH_QUANTIZE',
  ])
    expect(
      lines.filter(line => line.includes(`${name} `)),
      name,
    ).toHaveLength(1);
  expect(message).not.toContain('hunter2');
  expect(message).toContain('1 to 65535');
});

test('the message comes in the language of the place', () => {
  const wrong = () => readConfig({ PORT: 'x', LANG: 'zh_TW' }, '/');
  expect(wrong).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({ values: expect.objectContaining({ list: expect.stringMatching(/\p{Script=Han}/u) }) }),
    }),
  );
});

test('the local chat gives way to Slack and Feishu, unless it is wanted beside them', () => {
  const localChat = (env: Env) => readConfig(env, '/').localChat;
  expect(localChat({ SLACK_BOT_TOKEN: 'xoxb-1' })).toBe(false);
  expect(localChat({ FEISHU_APP_ID: 'cli_0123456789abcdef' })).toBe(false);
  expect(localChat({ SLACK_BOT_TOKEN: 'xoxb-1', LOCAL_CHAT: 'on' })).toBe(true);
  expect(localChat({ LOCAL_CHAT: 'off' })).toBe(false);
});

test('LANGUAGE goes before LANG, and of a list the first that we write counts', () => {
  const lang = (LANGUAGE: string, LANG?: string) => readConfig({ LANGUAGE, LANG }, '/').lang;
  expect(lang('zh')).toBe('zh');
  expect(lang('zh-TW', 'en_US.UTF-8')).toBe('zh');
  expect(lang('en', 'zh_CN.UTF-8')).toBe('en');
  expect(lang('de_AT:zh_CN:en', 'en_US.UTF-8')).toBe('zh');
  expect(lang('de:fr', 'zh_CN.UTF-8')).toBe('zh');
  expect(lang('', 'zh_CN.UTF-8')).toBe('zh');
  expect(lang('zhuang', 'C')).toBe('en');
});
