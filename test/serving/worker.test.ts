// A worker whose answers a server writes: a run is measured and answered through it, and a server of another model gets no version to speak with.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { askQuestion, questionById } from '../../src/data/questions.ts';
import { type VersionRow, versionOfRun } from '../../src/data/versions.ts';
import { answerQuestion } from '../../worker/answer.ts';
import { openAnswering } from '../../worker/answering.ts';
import { openServed } from '../../worker/serving/served.ts';
import type { Workplace } from '../../worker/workplace.ts';
import { BASE } from '../contracts/generator.ts';
import { type FakeVllm, type FakeVllmOptions, openFakeVllm } from '../support/serving/fake-vllm.ts';
import { anotherRun, someTeam, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const test = workplaceOfThisFile();
const never = new AbortController().signal;
let team: Awaited<ReturnType<typeof someTeam>>;
let asked = 0;
beforeAll(async () => {
  team = await someTeam(test.db);
});

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

const opening = {
  spinMicroseconds: 0,
  onWaiting: ({ code }: { code: string }) => expect.unreachable(`it waited: ${code}`),
  signal: never,
};
const onError = (error: Error) => {
  throw error;
};

/** The workplace of this file, as a worker with ANSWER_URL has it. */
async function servedBy(options: FakeVllmOptions = {}, folder = BASE): Promise<{ place: typeof test.place; server: FakeVllm }> {
  const server = await openFakeVllm(folder, options);
  const settings = { answer: { url: server.url, model: 'base' }, threads: 1, precision: 'f32' as const };
  const { generator, server: answering } = await openAnswering(settings, test.place.base, opening);
  closing.push(server.close, generator.close);
  const served = openServed({ ...answering!, db: test.db, tokenizer: test.place.base.tokenizer, artifacts: test.place.artifacts, onError });
  return { place: { ...test.place, generator, served }, server };
}

const versionAfter = async (place: Workplace): Promise<VersionRow> => {
  const run = await anotherRun(test.db, team, { epochs: 2, batch: 4, replay: 0, learningRate: 0.002 });
  await workedOff({ ...test.place, ...place }, run);
  return (await versionOfRun(test.db, run.id))!;
};

async function answered(place: Workplace, version: VersionRow) {
  const { workspace, channel, ada } = team;
  const turns = [{ role: 'user' as const, content: 'How do I moor boat 2?' }];
  const source = `message-${++asked}`;
  const question = { channel, asker: ada, source, kind: 'qa' as const, turns, lang: 'en', seed: asked, version: version.id };
  const { id } = await askQuestion(test.db, workspace, question);
  await answerQuestion(place, id, never);
  return (await questionById(test.db, id))!;
}
const speakersIn = ({ answers }: Awaited<ReturnType<typeof answered>>) => answers.map(({ version }) => version).sort();

describe('a server with adapters', () => {
  it('measures a run, and base and version answer as the engine lets them', async () => {
    const { place, server } = await servedBy();
    const version = await versionAfter(place);
    const here = await answered(test.place, version);
    const there = await answered(place, version);
    const texts = ({ answers }: typeof here) => answers.map(({ text }) => text).sort();
    expect(speakersIn(there)).toEqual([version.id, null].sort());
    expect(texts(there)).toEqual(texts(here));
    expect(server.loaded()).toContain(`v${version.no}-${version.artifact.slice(0, 12)}`);
    expect(version.why ?? '').not.toMatch(/answers/);
  });

  it('started anew it has forgotten them, and gets them once more', async () => {
    const { place, server } = await servedBy();
    const version = await versionAfter(test.place);
    await answered(place, version);
    server.forget();
    expect(speakersIn(await answered(place, version))).toEqual([version.id, null].sort());
    expect(server.calls.filter(call => call.startsWith('POST /v1/load_lora_adapter v'))).toHaveLength(2);
  });

  it('started anew with another model behind the same name: it is looked at again, and the version does not speak', async () => {
    const { place, server } = await servedBy();
    const version = await versionAfter(test.place);
    expect(speakersIn(await answered(place, version))).toHaveLength(2);
    const other = await openFakeVllm(otherModel());
    closing.push(other.close);
    server.becomes(other);
    const question = await answered(place, version);
    expect(speakersIn(question)).toEqual([null]);
    expect(question.question.detail).toMatchObject({ warning: { code: 'answers.otherBase' } });
  });

  it('serves another model: its own runs are blocked, a version from elsewhere does not speak, and both say why', async () => {
    const version = await versionAfter(test.place);
    const { place } = await servedBy({}, otherModel());
    const question = await answered(place, version);
    expect(speakersIn(question)).toEqual([null]);
    expect(question.question.detail).toMatchObject({ warning: { code: 'answers.otherBase' } });
    expect(await versionAfter(place)).toMatchObject({ state: 'blocked', why: expect.stringContaining('answers.otherBase') });
  });

  it('is away: the question fails with one sentence; it is back, and the next one is answered', async () => {
    const { place, server } = await servedBy();
    const version = await versionAfter(test.place);
    server.failWith(503);
    expect(await answered(place, version)).toMatchObject({ question: { state: 'failed', failureCode: 'answers.away' } });
    server.failWith(undefined);
    expect(await answered(place, version)).toMatchObject({ question: { failureCode: null }, answers: { length: 2 } });
  });
});

it('a server without adapters: the base answers alone and says how to get both; the engine measures', async () => {
  const { place } = await servedBy({ adapters: false });
  const version = await versionAfter(place);
  expect(version.card).toMatchObject({ evaluation: { tuned: { loss: expect.any(Number) } } });
  expect(version.why ?? '').not.toMatch(/answers/);
  const question = await answered(place, version);
  expect(speakersIn(question)).toEqual([null]);
  expect(question.question.detail).toMatchObject({ warning: { code: 'answers.noAdapters' } });
});

it('a wrong key, an unknown name and something that is no such server are refused at the start, each with its reason', async () => {
  const server = await openFakeVllm(BASE, { key: 'secret' });
  closing.push(server.close);
  const open = (answer: { url: string; key?: string; model: string }) =>
    openAnswering({ answer, threads: 1, precision: 'f32' }, test.place.base, opening);
  const refused = (code: string) => ({ problem: { code } });
  await expect(open({ url: server.url, key: 'wrong', model: 'base' })).rejects.toMatchObject(refused('answers.badKey'));
  await expect(open({ url: server.url, key: 'secret', model: 'other' })).rejects.toMatchObject(refused('answers.noModel'));
  await expect(open({ url: server.url.replace('/v1', '/health'), key: 'secret', model: 'base' })).rejects.toMatchObject(
    refused('answers.refused'),
  );
});

/** A model of the same shapes and the same tokenizer, and other weights. */
function otherModel(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-other-model-'));
  closing.push(async () => rmSync(folder, { recursive: true, force: true }));
  cpSync(BASE, folder, { recursive: true });
  const file = join(folder, 'model.safetensors');
  const bytes = readFileSync(file);
  const begin = 8 + Number(bytes.readBigUInt64LE());
  for (let at = begin; at < bytes.length; at += 12) bytes.writeFloatLE(-bytes.readFloatLE(at), at);
  writeFileSync(file, bytes);
  return folder;
}
