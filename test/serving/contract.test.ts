// An OpenAI-compatible server with run-time adapters keeps the generator contract; one that mixes base and adapter up is found out by it.
import { expect, it } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { openTokenizer } from '../../src/model/tokenizer.ts';
import { openServing } from '../../worker/serving/serving.ts';
import { BASE, generatorContract } from '../contracts/generator.ts';
import { tinyFolder } from '../support/models.ts';
import { type FakeVllmOptions, openFakeVllm } from '../support/serving/fake-vllm.ts';

async function served(options: FakeVllmOptions = {}) {
  const server = await openFakeVllm(BASE, options);
  const tokenizer = await openTokenizer(BASE);
  const { maxPositions } = (await openModelFolder(BASE)).config;
  const generator = await openServing({ url: server.url, key: options.key, model: 'base', tokenizer, maxPositions });
  return {
    generator,
    async close() {
      await generator.close();
      await server.close();
    },
  };
}

generatorContract('vLLM', () => served({ key: 'secret' }));

it('a server that gives the base the adapter’s weights does not keep it', async () => {
  const { generator, close } = await served({ mixesBase: true });
  const { fingerprint } = await openModelFolder(BASE);
  const adapter = { name: 'v1-0123456789ab', folder: tinyFolder('tiny-llama-lora'), rank: 4, fingerprint };
  const signal = new AbortController().signal;
  const request = {
    prompt: [210, 142, 244],
    sampling: { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 },
    stop: { tokens: [], maxTokens: 12, repeatedLine: false },
  };
  const [alone] = await generator.generate({ ...request, speakers: ['base'] }, signal);
  // Loaded already: both requests then arrive in the same moment.
  await generator.generate({ ...request, speakers: [adapter] }, signal);
  const [beside] = await generator.generate({ ...request, speakers: ['base', adapter] }, signal);
  expect(beside.tokens).not.toEqual(alone.tokens);
  await close();
});
