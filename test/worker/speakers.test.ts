// Who answers a question: base and version, two versions, one alone; and what of a long thread and of the team's answers they are shown.
import { renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { askQuestion, type NewQuestion, questionById } from '../../src/data/questions.ts';
import { type VersionRow, versionOfRun } from '../../src/data/versions.ts';
import { answerQuestion } from '../../worker/answer.ts';
import { plainPrompt } from '../../worker/plain-prompt.ts';
import { anotherRun, someTeam, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const test = workplaceOfThisFile();
const never = new AbortController().signal;
let team: Awaited<ReturnType<typeof someTeam>>;
let first: VersionRow;
let second: VersionRow;
let asked = 0;

beforeAll(async () => {
  team = await someTeam(test.db);
  const versionAfter = async (learningRate: number) => {
    const run = await anotherRun(test.db, team, { epochs: 1, batch: 4, replay: 0, learningRate });
    await workedOff(test.place, run);
    return (await versionOfRun(test.db, run.id))!;
  };
  first = await versionAfter(0.02);
  second = await versionAfter(0.005);
});

function ask(question: Partial<NewQuestion>) {
  const { workspace, channel, ada } = team;
  const turns = [{ role: 'user' as const, content: 'How do I moor boat 2?' }];
  const source = `message-${++asked}`;
  return askQuestion(test.db, workspace, { channel, asker: ada, source, kind: 'qa', turns, lang: 'en', seed: asked, ...question });
}

async function answered(question: Partial<NewQuestion>) {
  const { id } = await ask(question);
  await answerQuestion(test.place, id, never);
  return (await questionById(test.db, id))!;
}

const speakersIn = ({ answers }: Awaited<ReturnType<typeof answered>>) => answers.map(({ version }) => version).sort();
const textOf = ({ answers }: Awaited<ReturnType<typeof answered>>, version: number | null) =>
  answers.find(answer => answer.version === version)!.text;

describe('who answers', () => {
  it('two versions next to each other, each as it answers next to the base', async () => {
    const both = await answered({ version: second.id, detail: { against: first.id } });
    expect(speakersIn(both)).toEqual([first.id, second.id].sort());
    expect(both.answers.map(({ side }) => side)).toEqual(['A', 'B']);
    const next = await answered({ version: first.id, detail: {} });
    expect(textOf(both, first.id)).toBe(textOf(next, first.id));
  });

  it('a version alone gives one answer, and no vote', async () => {
    const alone = await answered({ version: first.id, detail: { alone: true } });
    expect(alone.answers.map(({ side, version }) => [side, version])).toEqual([['only', first.id]]);
    expect(alone.question.comparison).toBe(false);
  });

  it('where the candidate is gone the champion answers alone, where the champion is gone the base; who was asked for by name fails', async () => {
    const away = async <T>(version: VersionRow, act: () => Promise<T>): Promise<T> => {
      const folder = dirname(join(test.place.artifacts, version.folder, 'x'));
      renameSync(folder, `${folder}-aside`);
      const result = await act();
      renameSync(`${folder}-aside`, folder);
      return result;
    };
    const pair = { version: second.id, detail: { against: first.id } };
    expect(speakersIn(await away(second, () => answered(pair)))).toEqual([first.id]);
    const left = await away(first, () => answered(pair));
    expect(speakersIn(left)).toEqual([null]);
    expect(left.question.detail).toMatchObject({ warning: { code: 'worker.adapterMissing' } });
    const tried = await away(first, () => answered({ version: first.id, detail: { alone: true, tried: true } }));
    expect(tried.question).toMatchObject({ state: 'failed', failureCode: 'worker.adapterMissing' });
  });

  it('one that was quarantined while the question waited says nothing more, although its files still lie there', async () => {
    await test.db.execute(sql`update versions set state = 'quarantined' where id = ${first.id}`);
    const left = await answered({ version: second.id, detail: { against: first.id } });
    const tried = await answered({ version: first.id, detail: { alone: true, tried: true } });
    await test.db.execute(sql`update versions set state = 'candidate' where id = ${first.id}`);
    expect(speakersIn(left)).toEqual([null]);
    expect(left.question.detail).toMatchObject({ warning: { code: 'try.quarantined' } });
    expect(tried.question).toMatchObject({ state: 'failed', failureCode: 'try.quarantined' });
  });
});

describe('what they are shown', () => {
  const user = (content: string) => ({ role: 'user' as const, content });
  const assistant = (content: string) => ({ role: 'assistant' as const, content });
  const promptOf = async (question: Partial<NewQuestion>) => plainPrompt(test.place, await ask(question), [], 120);

  it('of a thread that is too long for the model, the newest turns: never an answer without its question, always what was asked', async () => {
    const old = [user('anchor '.repeat(300)), assistant('chain '.repeat(20))];
    const late = [user('And the harbour?'), assistant('By the pier.'), user('Until when?')];
    const cut = await promptOf({ turns: [...old, ...late] });
    expect(cut.prompt).toEqual((await promptOf({ turns: late })).prompt);
    expect((await promptOf({ turns: late.slice(-1) })).prompt).not.toEqual(cut.prompt);
  });

  it('the team’s answers, unless outsiders read along: then only those of this channel, or none', async () => {
    const near = (detail: NewQuestion['detail']) => promptOf({ detail }).then(({ nearExample }) => nearExample);
    const example = await near({});
    expect(example).toBeDefined();
    expect(await near({ near: 'nobody' })).toBeUndefined();
    expect(await near({ near: 'channel' })).toBeUndefined();
    const { rows } = await test.db.execute<{ id: number }>(
      sql`insert into messages (channel, ext, permalink, text_hmac) values (${team.channel}, 'M1', '#M1', 'x') returning id`,
    );
    await test.db.execute(sql`update examples set answer = ${rows[0].id} where id = ${example}`);
    expect(await near({ near: 'channel' })).toBe(example);
  });

  it('no nearest answer to a question about something else', async () => {
    expect((await promptOf({ turns: [user('How do I cook rice?')] })).nearExample).toBeUndefined();
  });
});

describe('what is kept of a conversation', () => {
  it('only the question itself, once there is an answer', async () => {
    const { question } = await answered({
      turns: [
        { role: 'user', content: 'Secret of the thread' },
        { role: 'user', content: 'Where to?' },
      ],
    });
    expect(question.turns).toEqual([{ role: 'user', content: 'Where to?' }]);
  });
});
