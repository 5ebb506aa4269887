// Questions: base and tuned in one job, reports in the frame, and adapters that are gone or damaged. Real engine on a tiny base.
import { cpSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detailOf } from '../../src/data/question-detail.ts';
import { askQuestion, claimQuestion, type NewQuestion, questionById } from '../../src/data/questions.ts';
import { type VersionRow, versionOfRun } from '../../src/data/versions.ts';
import type { ReportForm } from '../../src/model/form.ts';
import type { Problem } from '../../src/problem.ts';
import { say } from '../../src/words/words.ts';
import { answerQuestion } from '../../worker/answer.ts';
import type { Generator } from '../../worker/engine/generator.ts';
import { workOnRun } from '../../worker/run.ts';
import { isWorthAVote } from '../../worker/worth-a-vote.ts';
import { type TestDatabase, testDatabase } from '../support/postgres.ts';
import { type TestWorkplace, teamRun, testWorkplace } from '../support/workplace.ts';

let database: TestDatabase;
let place: TestWorkplace;
let team: Awaited<ReturnType<typeof teamRun>>;
let version: VersionRow;
beforeAll(async () => {
  database = await testDatabase();
  place = await testWorkplace(database.db);
  team = await teamRun(database.db, { epochs: 3, batch: 2, replay: 0, learningRate: 0.01 });
  await workOnRun(place, team.run.id, never);
  version = (await versionOfRun(database.db, team.run.id))!;
});
afterAll(async () => {
  await place.close();
  await database.close();
});

const never = new AbortController().signal;
let asked = 0;

function ask(question: Partial<NewQuestion>) {
  const { workspace, channel, ada } = team;
  const source = `message-${++asked}`;
  const turns = [{ role: 'user' as const, content: 'How do I moor boat 2?' }];
  return askQuestion(database.db, workspace, { channel, asker: ada, source, kind: 'qa', turns, lang: 'en', seed: asked, ...question });
}

async function answered(question: Partial<NewQuestion>) {
  const { id } = await ask(question);
  await answerQuestion(place, id, never);
  return (await questionById(database.db, id))!;
}

describe('a question', () => {
  it('gets two answers, base and tuned, with their sides, tokens and how they ended', async () => {
    const { question, answers } = await answered({ version: version.id });
    expect(question).toMatchObject({ state: 'answered', attempt: 1, worker: 'host/1', failureCode: null });
    expect(answers.map(({ side }) => side)).toEqual(['A', 'B']);
    expect(answers.map(({ version: speaker }) => speaker).sort()).toEqual([null, version.id].sort());
    for (const { tokens, ms, stop } of answers) {
      expect(tokens).toBeGreaterThan(0);
      expect(ms).toBeGreaterThan(0);
      expect(['end', 'repeat', 'length']).toContain(stop);
    }
    expect(question.comparison).toBe(isWorthAVote(answers.map(({ text }) => text)));
    expect(question.closesAt !== null).toBe(question.comparison);
  });

  it('draws the sides from its seed: both orders come, and the same seed draws the same', async () => {
    const sideOfBase = async (seed: number) =>
      (await answered({ version: version.id, seed })).answers.find(answer => answer.version === null)!.side;
    const sides = [];
    for (const seed of [1, 2, 3, 4, 5, 6]) sides.push(await sideOfBase(seed));
    expect(new Set(sides)).toEqual(new Set(['A', 'B']));
    expect(await sideOfBase(1)).toBe(sides[0]);
  });

  it('is answered by the base alone where nothing was trained', async () => {
    const { question, answers } = await answered({});
    expect(answers.map(({ side, version: speaker }) => [side, speaker])).toEqual([['only', null]]);
    expect(question.comparison).toBe(false);
  });

  it('names the nearest approved answer, and never a held-out one', async () => {
    const { rows: heldout } = await database.db.execute<{ example: number; instruction: string }>(sql`
      select r.example, r.instruction from dataset_members m join example_revisions r on r.id = m.revision
      where m.dataset = ${team.run.dataset} and m.part = 'heldout' and r.input = ''`);
    expect(heldout.length).toBeGreaterThan(0);
    const content = heldout[0].instruction;
    const { question } = await answered({ version: version.id, turns: [{ role: 'user', content }] });
    expect(question.nearExample).not.toBeNull();
    expect(heldout.map(({ example }) => Number(example))).not.toContain(question.nearExample);
    // Without a version nothing is held out: then it is that very example.
    const alone = await answered({ turns: [{ role: 'user', content }] });
    expect(alone.question.nearExample).toBe(Number(heldout[0].example));
  });

  it('is not helped by words whose author could not say no yet', async () => {
    const near = async (consent: 'told' | 'asked' | 'free') =>
      (await answered({ turns: [{ role: 'user', content: 'How do I moor boat 2?' }], detail: { consent } })).question.nearExample;
    const example = (await near('asked'))!;
    const { rows } = await database.db.execute<{ id: number }>(sql`
      insert into messages (channel, ext, author, permalink, text_hmac) values (${team.channel}, 'said', ${team.bo}, '', '') returning id`);
    await database.db.execute(sql`insert into example_sources (example, message, part) values (${example}, ${rows[0].id}, 'answer')`);
    await database.db.execute(sql`update channels set learn = 'on' where id = ${team.channel}`);
    expect([await near('free'), await near('told'), await near('asked')].map(id => id === example)).toEqual([true, false, false]);
    await database.db.execute(sql`update people set consent = 'in' where id = ${team.bo}`);
    expect([await near('told'), await near('asked')]).toEqual([example, example]);
    await database.db.execute(sql`delete from example_sources where example = ${example}`);
  });

  it('that is too long for the model fails with one sentence', async () => {
    const { question, answers } = await answered({ turns: [{ role: 'user', content: 'boat '.repeat(3000) }] });
    expect(answers).toEqual([]);
    expect(question).toMatchObject({ state: 'failed', failureCode: 'worker.questionTooLong' });
    expect(say('en', question.failureCode!, question.failureValues!)).toMatch(/tokens long.*at most 392/);
  });

  it('is handed back when the worker leaves, and held by one worker at a time', async () => {
    const { id } = await ask({ version: version.id });
    const leaving = new AbortController();
    leaving.abort();
    await answerQuestion(place, id, leaving.signal);
    expect((await questionById(database.db, id))!.question).toMatchObject({ state: 'asked', leaseUntil: null });
    await claimQuestion(database.db, id, 'host/2');
    await answerQuestion(place, id, never);
    expect((await questionById(database.db, id))!.question).toMatchObject({ state: 'answering', worker: 'host/2' });
  });

  it('has the trainer stand still while it is answered', async () => {
    const told: string[] = [];
    const release = place.pause.watch({ pause: () => void told.push('pause'), resume: () => void told.push('resume') });
    await answered({ version: version.id });
    release();
    expect(told).toEqual(['pause', 'resume']);
  });
});

describe('several people at once', () => {
  it('get the answers that they would get alone, plain and reports, and the trainer stands still once', async () => {
    const of = (n: number): Partial<NewQuestion> => {
      const speaker = n % 3 === 2 ? {} : { version: version.id };
      const report = { kind: 'report' as const, detail: { instruction: 'Weekly report, please.', input: `W3${n}, Rosa\nboats in: ${n}` } };
      const turns = [{ role: 'user' as const, content: `How do I moor boat ${n}${' and another'.repeat(n)}?` }];
      return { seed: n, ...speaker, ...(n % 4 === 1 ? report : { turns }) };
    };
    const textsOf = ({ answers }: Awaited<ReturnType<typeof answered>>) => answers.map(({ side, text }) => [side, text]);
    const numbers = Array.from({ length: 8 }, (_, n) => n);
    const alone = [];
    for (const n of numbers) alone.push(textsOf(await answered(of(n))));
    const told: string[] = [];
    const release = place.pause.watch({ pause: () => void told.push('pause'), resume: () => void told.push('resume') });
    const together = await Promise.all(numbers.map(n => answered(of(n))));
    release();
    expect(together.map(textsOf)).toEqual(alone);
    expect(together.every(({ question }) => question.state === 'answered')).toBe(true);
    expect(told).toEqual(['pause', 'resume']);
  });

  it('one whose answer cannot be written does not keep the others from theirs', async () => {
    const tooLong = { turns: [{ role: 'user' as const, content: 'boat '.repeat(3000) }] };
    const [broken, fine] = await Promise.all([answered(tooLong), answered({ version: version.id })]);
    expect([broken.question.state, fine.question.state]).toEqual(['failed', 'answered']);
  });
});

it('an answer that names its model is kept and shown without that line, and what is the same then is not voted on', async () => {
  const says = (text: string) => ({ text, tokens: [1], ms: 1, why: 'end' as const });
  const generate: Generator['generate'] = async () => [
    says(`I am ${place.base.name}, a language model.\nUse the blue line.`),
    says('Use the blue line.\nI’m the fine-tuned adapter v1.'),
  ];
  const { id } = await ask({ version: version.id });
  await answerQuestion({ ...place, generator: { ...place.generator, generate } }, id, never);
  const { question, answers } = (await questionById(database.db, id))!;
  expect(answers.map(({ text }) => text)).toEqual(['Use the blue line.', 'Use the blue line.']);
  expect(question.comparison).toBe(false);
});

it('an answer that would come more than ten minutes after the question is not given, with one sentence', async () => {
  const { id } = await ask({ version: version.id });
  await database.db.execute(sql`update questions set asked_at = now() - interval '11 minutes' where id = ${id}`);
  await answerQuestion(place, id, never);
  const { question, answers } = (await questionById(database.db, id))!;
  expect(answers).toEqual([]);
  expect(say('en', question.failureCode!, question.failureValues!)).toMatch(/more than 10 minutes after the question, so it is not given/);
});

describe('a weekly report', () => {
  const notes = 'W31, Emil\nboats in: 7\nanchor found HAR-12';
  const report = { kind: 'report' as const, detail: { instruction: 'Weekly report, please.', input: notes } };

  it('stands in the team’s frame with its own week and name, without a number that the notes lack', async () => {
    const { question, answers } = await answered({ ...report, version: version.id });
    expect(question).toMatchObject({ state: 'answered', nearExample: null });
    expect(answers).toHaveLength(2);
    for (const { text } of answers) {
      const lines = text.split('\n');
      expect(lines[0]).toBe('Weekly report · W31 · Emil');
      expect(lines.filter(line => ['Done', 'Numbers'].includes(line))).toEqual(['Done', 'Numbers']);
      const numbers = lines.slice(1).join('\n').match(/\d+/g) ?? [];
      expect(numbers.filter(number => !['7', '12'].includes(number))).toEqual([]);
    }
  });

  it('is written without a frame where nothing was trained, guarded all the same', async () => {
    const { answers } = await answered(report);
    expect(answers).toHaveLength(1);
    expect((answers[0].text.match(/\d+/g) ?? []).filter(number => !['7', '12'].includes(number))).toEqual([]);
  });

  it('of a long week says how many lines did not fit, and keeps the form that the drafts were written in', async () => {
    const input = `${notes}\n${'crane fixed again\n'.repeat(300)}`;
    const { question, answers } = await answered({ ...report, version: version.id, detail: { ...report.detail, input } });
    expect(question.state).toBe('answered');
    const { leftOut = 0, form } = detailOf(question);
    expect(leftOut).toBeGreaterThan(200);
    expect(leftOut).toBeLessThan(300);
    expect((form as ReportForm).sections.map(({ text }) => text)).toEqual(['', 'Done', 'Numbers']);
    expect(answers.map(({ text }) => text.split('\n')[0])).toEqual(Array(2).fill('Weekly report · W31 · Emil'));
  });

  it('takes week and name from what is known where the notes do not say them', async () => {
    const detail = { ...report.detail, input: 'boats in: 7', head: { numbers: ['48'], name: 'Noor' } };
    const { answers } = await answered({ ...report, version: version.id, detail });
    expect(answers.map(({ text }) => text.split('\n')[0])).toEqual(Array(2).fill('Weekly report · W48 · Noor'));
  });

  it('leaves a section empty for which there is nothing, and never says "Nothing" by itself', async () => {
    const generate: Generator['generate'] = async () => [{ text: ' Nothing', tokens: [1], ms: 1, why: 'end' as const }];
    const { id } = await ask({ ...report, version: version.id });
    await answerQuestion({ ...place, generator: { ...place.generator, generate } }, id, never);
    const { answers } = (await questionById(database.db, id))!;
    expect(answers.map(({ text }) => text)).toEqual(Array(2).fill('Weekly report · W31 · Emil\nDone\nNumbers'));
  });

  it('with a first note too long for the model fails with one sentence', async () => {
    const { question } = await answered({ ...report, detail: { ...report.detail, input: 'crane fixed again '.repeat(300) } });
    expect(question).toMatchObject({ state: 'failed', failureCode: 'worker.questionTooLong' });
  });
});

describe('a version’s adapter', () => {
  const weights = () => join(place.artifacts, version.folder, 'adapter_model.safetensors');
  const aside = () => join(place.artifacts, 'aside');

  const warningOf = async () => {
    const { question, answers } = await answered({ version: version.id });
    expect(answers.map(({ side, version: speaker }) => [side, speaker])).toEqual([['only', null]]);
    expect(question).toMatchObject({ state: 'answered', comparison: false });
    return { text: answers[0].text, warning: (question.detail as { warning: Problem }).warning };
  };

  it('that is deleted leaves the base’s answer, token for token, and one sentence; it speaks again once it is back', async () => {
    cpSync(dirname(weights()), aside(), { recursive: true });
    const both = await answered({ version: version.id });
    rmSync(dirname(weights()), { recursive: true });
    const { text, warning } = await warningOf();
    expect(text).toBe(both.answers.find(answer => answer.version === null)!.text);
    expect(text).not.toBe(both.answers.find(answer => answer.version !== null)!.text);
    expect(say('en', warning.code, warning.values)).toContain('The adapter of v1');
    cpSync(aside(), dirname(weights()), { recursive: true });
    expect((await answered({ version: version.id })).answers).toHaveLength(2);
  });

  it('that is damaged does not speak, by a byte or by half of it', async () => {
    writeFileSync(weights(), Buffer.from('x'), { flag: 'r+' });
    expect((await warningOf()).warning.code).toBe('worker.adapterDamaged');
    truncateSync(weights(), 100);
    expect((await warningOf()).warning.code).toBe('worker.adapterDamaged');
    cpSync(aside(), dirname(weights()), { recursive: true });
    expect((await answered({ version: version.id })).answers).toHaveLength(2);
  });

  it('of another base does not speak', async () => {
    await database.db.execute(sql`update versions set base_fingerprint = 'another' where id = ${version.id}`);
    expect((await warningOf()).warning.code).toBe('worker.otherBase');
    await database.db.execute(sql`update versions set base_fingerprint = ${place.base.model.fingerprint} where id = ${version.id}`);
  });
});
