// What comes out of a run besides its adapter: the team's exam, answered by the base and the new version, and whether it may be compared.
import { describe, expect, it } from 'vitest';
import { addExamQuestion, removeExamQuestion } from '../../src/data/exam.ts';
import { versionOfRun } from '../../src/data/versions.ts';
import { exampleTurns, promptIds } from '../../src/model/prompt.ts';
import type { VersionCard } from '../../src/model/report-card.ts';
import { openSpeaker } from '../../worker/speakers.ts';
import { GREEDY, QA_TOKENS } from '../../worker/speaking.ts';
import { anotherRun, someTeam, workedOff, workplaceOfThisFile } from '../support/workplace.ts';

const at = workplaceOfThisFile();
const never = new AbortController().signal;
/** Learns the team's answers by heart, and forgets all else. */
const BY_HEART = { epochs: 3, batch: 2, replay: 0, learningRate: 0.01 };
/** Enough general rows between: nothing is forgotten. */
const GENTLY = { epochs: 2, batch: 2, replay: 40 };

async function versionAfter(run: { id: number }) {
  const done = await workedOff(at.place, run);
  expect(done.failureCode).toBeNull();
  return (await versionOfRun(at.db, run.id))!;
}
const examOf = ({ card }: { card: object }) => (card as VersionCard).exam;

describe('the exam', () => {
  it('is answered after each run by the base and that version, each as it answers alone', async () => {
    const team = await someTeam(at.db);
    const add = (text: string) => addExamQuestion(at.db, team.workspace, text, team.ada);
    await add('How do I moor my boat?');
    const gone = await add('Who has the keys?');
    const long = await add('boat '.repeat(900));
    const first = await versionAfter(await anotherRun(at.db, team, { ...BY_HEART, epochs: 1 }));
    await removeExamQuestion(at.db, team.workspace, gone.no);
    await add('Where is the crane?');
    const second = await versionAfter(await anotherRun(at.db, team, BY_HEART));

    expect(examOf(first)!.map(({ no, question }) => [no, question])).toEqual([
      [1, 'How do I moor my boat?'],
      [2, 'Who has the keys?'],
    ]);
    expect(long.no).toBe(3);
    expect(examOf(second)!.map(({ no }) => no)).toEqual([1, 4]);
    expect(examOf(second)![0].base).toBe(examOf(first)![0].base);
    const { base, generator, artifacts } = at.place;
    for (const version of [first, second]) {
      const [{ question, base: plain, tuned }] = examOf(version)!;
      const speaker = await openSpeaker(artifacts, version, base.model.fingerprint);
      const prompt = promptIds(base.tokenizer, exampleTurns({ instruction: question, input: '' }));
      const stop = { tokens: base.tokenizer.endTokens, maxTokens: QA_TOKENS, repeatedLine: true };
      for (const [said, who] of [
        [plain, 'base'],
        [tuned, speaker],
      ] as const) {
        const [alone] = await generator.generate({ prompt, speakers: [who], sampling: GREEDY, stop, precision: 'f32' }, never);
        expect(said).toBe(alone.text.trim());
      }
    }
    expect(examOf(first)![0].tuned).not.toBe(examOf(second)![0].tuned);
  });
});

describe('a version that is worse than the base', () => {
  it('is blocked with the reason, and leaves the candidate of before in its place', async () => {
    const team = await someTeam(at.db);
    const good = await versionAfter(await anotherRun(at.db, team, GENTLY));
    const bad = await versionAfter(await anotherRun(at.db, team, BY_HEART));
    expect(good.state).toBe('candidate');
    expect(bad).toMatchObject({ state: 'blocked', card: { blocked: { code: bad.why } } });
    expect(bad.why).toMatch(/^blocked\./);
    expect((await versionOfRun(at.db, good.run))!.state).toBe('candidate');
  });
});
