// What everything that answers must do, our engine or a server behind a network: run by the tests of each, with the same tiny base and adapters.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModelFolder } from '../../src/model/folder.ts';
import { type ChatTokenizer, openTokenizer } from '../../src/model/tokenizer.ts';
import type { Adapter, Generated, GenerateRequest, Generator } from '../../worker/engine/generator.ts';
import { openLocalEngine } from '../../worker/engine/local.ts';
import { tinyFolder } from '../support/models.ts';

export const BASE = tinyFolder('tiny-llama');
const PROMPT = [210, 142, 244, 145, 298, 306, 200];
const NOTES = 'W12, Rosa\nboats in: 17\ncrane fixed';
const never = new AbortController().signal;

export function generatorContract(name: string, open: () => Promise<{ generator: Generator; close(): Promise<void> }>): void {
  describe(`${name}: the generator contract`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let generator: Generator;
    let tokenizer: ChatTokenizer;
    let full: Adapter;
    let some: Adapter;
    /** The engine alone, one speaker at a time: what every answer is compared with. */
    let reference: Generator;
    beforeAll(async () => {
      const { fingerprint } = await openModelFolder(BASE);
      tokenizer = await openTokenizer(BASE);
      full = { name: 'v1-0123456789ab', folder: tinyFolder('tiny-llama-lora'), rank: 4, fingerprint };
      some = { name: 'v2-ba9876543210', folder: tinyFolder('tiny-llama-lora-qv-bf16'), rank: 2, fingerprint };
      reference = await openLocalEngine({ folder: BASE, precision: 'f32', threads: 1 });
      opened = await open();
      generator = opened.generator;
    });
    afterAll(async () => {
      await opened?.close();
      await reference?.close();
    });

    const request = (more: Partial<GenerateRequest> = {}): GenerateRequest => ({
      prompt: PROMPT,
      speakers: ['base'],
      sampling: { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 },
      stop: { tokens: tokenizer.endTokens, maxTokens: 24, repeatedLine: true },
      ...more,
    });
    const said = ({ text, tokens, why }: Generated) => ({ text, tokens, why });
    const alone = async (speaker: Adapter | 'base', more: Partial<GenerateRequest> = {}) =>
      said((await reference.generate(request({ ...more, speakers: [speaker] }), never))[0]);

    it('base and adapters asked at once answer as each does alone', async () => {
      const expected = [await alone('base'), await alone(full), await alone(some)];
      expect(new Set(expected.map(({ tokens }) => String(tokens))).size).toBe(3);
      const speakers = ['base', full, some] as const;
      // Some of them side by side: that is when a server mixes them up.
      const rounds = await Promise.all([1, 2, 3].map(() => generator.generate(request({ speakers: [...speakers] }), never)));
      for (const round of rounds) expect(round.map(said)).toEqual(expected);
    });

    it('the limit and an end token end an answer', async () => {
      const [short] = await generator.generate(request({ stop: { tokens: [], maxTokens: 3, repeatedLine: false } }), never);
      expect(short).toMatchObject({ why: 'length', tokens: { length: 3 } });
      const { tokens } = await alone(full, { stop: { tokens: [], maxTokens: 24, repeatedLine: false } });
      const end = tokens.findLast((id, i) => tokens.indexOf(id) === i)!;
      const stop = { tokens: [end], maxTokens: 24, repeatedLine: false };
      const [ended] = await generator.generate(request({ speakers: [full], stop }), never);
      expect(said(ended)).toEqual(await alone(full, { stop }));
      expect(ended).toMatchObject({ why: 'end', tokens: tokens.slice(0, tokens.indexOf(end)) });
    });

    it('what its guard forbids is passed over, to the token', async () => {
      const guard = { notes: NOTES };
      // A base that has learned nothing writes digits soon where it is led to: that is what a guard is for.
      const prompts = ['boats in: ', 'Numbers\n- Boats: 1', '12 34 5'].map(text => tokenizer.encode(text));
      let passedOver = 0;
      for (const prompt of prompts) {
        const stop = { tokens: tokenizer.endTokens, maxTokens: 40, repeatedLine: false };
        const [guarded] = await generator.generate(request({ prompt, guard, stop }), never);
        expect(said(guarded)).toEqual(await alone('base', { prompt, guard, stop }));
        if (guarded.text !== (await alone('base', { prompt, stop })).text) passedOver++;
      }
      expect(passedOver).toBeGreaterThan(0);
    });

    it('judges answers of base and adapter as the reference does', async () => {
      const rows = [
        { prompt: PROMPT, answer: [244, 145, 298] },
        { prompt: [210], answer: [142, 12, 40, 41, 42] },
      ];
      for (const speaker of ['base', full] as const) {
        const [expected, found] = [await reference.score(rows, speaker, never), await generator.score(rows, speaker, never)];
        expect(found.map(({ tokens }) => tokens)).toEqual([3, 5]);
        for (const [i, { loss }] of found.entries()) expect(loss).toBeCloseTo(expected[i].loss, 3);
      }
    });

    it('a prompt that leaves no room in the context is refused', async () => {
      await expect(generator.generate(request({ prompt: Array(5_000).fill(210) }), never)).rejects.toMatchObject({
        problem: { code: 'engine.promptTooLong' },
      });
    });

    it('whoever turns away gets what there is so far', async () => {
      const leaving = new AbortController();
      leaving.abort();
      const [left] = await generator.generate(request(), leaving.signal);
      expect(left.why).toBe('aborted');
      expect((await alone('base')).text).toMatch(new RegExp(`^${left.text}`));
    });
  });
}
