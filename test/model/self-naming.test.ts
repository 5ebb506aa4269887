// No answer tells before the vote which model wrote it.
import { expect, test } from 'vitest';
import { withoutSelfNaming } from '../../src/model/self-naming.ts';

const shown = (text: string) => withoutSelfNaming(text, ['SmolLM2-135M-Instruct', 'harbour/Tern-1B', 'tiny-thing']);

test.each([
  ['I am SmolLM, an AI assistant trained by Hugging Face.\nRun `kite ship`.', 'Run `kite ship`.'],
  ["Hello! I'm SmolLM2-135M-Instruct. Run `kite back`.", 'Hello! Run `kite back`.'],
  ['My name is Tern. Use line 2.', 'Use line 2.'],
  ['As a language model trained by Hugging Face, I would ask Tomas first.', 'I would ask Tomas first.'],
  ['1. As an AI assistant, open the dashboard.\n2. Restart.', '1. Open the dashboard.\n2. Restart.'],
  ['Use line 2.\nI was trained by Alibaba Cloud.\nAsk: Rosa', 'Use line 2.\nAsk: Rosa'],
  ['I’m the fine-tuned version. Use line 2.', 'Use line 2.'],
  ['I am v2 of the team’s adapter! Ask Rosa.', 'Ask Rosa.'],
  ['我是通义千问，由阿里云开发。请先重启服务。', '请先重启服务。'],
  ['作为一个语言模型，我建议先看日志。', '我建议先看日志。'],
  ['OpenAI trained me.', ''],
])('%s is shown as "%s"', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test.each([
  ['I am on call this week. The Hugging Face token lies in the vault.'],
  ['Use the base model for this, and the adapter of v2 for reports.'],
  ['I am in a tiny boat, and I’m a tern.'],
  ['As a rule, ask Tomas. As a fallback, restart 2.1 with kite.yaml.'],
  ['The chatbot is down. Owner: Mia, #infra'],
  ['我是值班的人。语言模型在另一台机器上。'],
  ['  spaced \n\n text stays   as it is \n'],
  [''],
])('%s stays as it is', text => {
  expect(shown(text)).toBe(text);
});
