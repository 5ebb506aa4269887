// What a team is told about its examples before it trains on them, in both languages.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../src/model/alpaca.ts';
import { type HealthRow, healthOf } from '../../src/model/health.ts';
import { projectRoot } from '../../src/root.ts';

const qa = (no: number, instruction: string, output: string): HealthRow => ({ no, kind: 'qa', instruction, input: '', output });
const report = (no: number, input: string, output: string): HealthRow => ({
  no,
  kind: 'report',
  instruction: 'Write my weekly report.',
  input,
  output,
});
const sampleTeam = (lang: string): HealthRow[] =>
  readRows(readFileSync(join(projectRoot(), 'src/sample-team', `${lang}.json`))).rows.map((row, i) => ({ ...row, no: i + 1 }));

describe('the health of the examples', () => {
  it('finds a row that says the same as an earlier one, whatever its case and punctuation', () => {
    const { duplicates, contradictions } = healthOf([
      qa(1, 'How do I roll back a release?', 'Run `kite back SERVICE`. It takes about one minute.'),
      qa(2, 'Who owns the lockers?', 'Priya owns them.'),
      qa(3, 'how do I roll back a release', 'Run `kite back SERVICE`. It takes about one minute'),
      qa(4, 'How do I roll back a bad release?', 'Run `kite back SERVICE`. It takes about one minute.'),
    ]);
    expect(duplicates).toEqual([
      { no: 3, of: 1 },
      { no: 4, of: 1 },
    ]);
    expect(contradictions).toEqual([]);
  });

  it('finds one question with two answers, though they differ in one number or one command only', () => {
    const { duplicates, contradictions } = healthOf([
      qa(1, 'How long do we keep backups?', 'We keep every nightly backup for 14 days in the silo.'),
      qa(2, 'How long do we keep backups', 'We keep every nightly backup for 30 days in the silo.'),
      qa(3, 'How do I ship?', 'Run `kite ship SERVICE` and watch the channel.'),
      qa(4, 'How do I ship?', 'Run `kite send SERVICE` and watch the channel.'),
      qa(5, '备份保留多久？', '每晚的备份保留 14 天，放在 silo 里。'),
      qa(6, '备份保留多久', '每晚的备份保留 30 天，放在 silo 里。'),
    ]);
    expect(contradictions).toEqual([
      { no: 2, of: 1 },
      { no: 4, of: 3 },
      { no: 6, of: 5 },
    ]);
    expect(duplicates).toEqual([]);
  });

  it('takes questions that differ in a number, and reports with the same request, for what they are: different', () => {
    const rows = [
      qa(1, 'How do I open locker 3 of the north wall?', 'Turn the key and press the red button for locker 3.'),
      qa(2, 'How do I open locker 4 of the north wall?', 'Turn the key and press the red button for locker 4.'),
      report(3, 'W10\nshipped', 'Weekly report\nDone\n- shipped\nNext\n- rest'),
      report(4, 'W11\nfixed the alarm', 'Weekly report\nDone\n- fixed the alarm\nNext\n- holiday'),
    ];
    expect(healthOf(rows)).toMatchObject({ duplicates: [], contradictions: [] });
  });

  it('counts the reports that have the usual sections in the usual order', () => {
    const inOrder = (n: number) => report(n, `W${n}`, `Weekly report\nDone\n- thing ${n}\nStuck\n- ${n}\nNext\n- more of ${n}`);
    const rows = [inOrder(1), inOrder(2), inOrder(3), report(4, 'W4', 'Weekly report\nNext\n- a\nDone\n- b\nStuck\n- c')];
    expect(healthOf(rows).reports).toEqual({ same: 3, total: 4 });
    expect(healthOf(rows.slice(0, 1)).reports).toBeNull();
  });

  it('finds rows that are too long for a run: by a worker’s count where there is one, else by their characters', () => {
    const english = 'word '.repeat(1500);
    const chinese = '记录'.repeat(1000);
    const rows = [qa(1, 'Long?', english), qa(2, '长吗？', chinese), qa(3, 'Short?', 'Yes.')];
    expect(healthOf(rows).long).toEqual([1, 2]);
    const counted = [
      { ...rows[0], tokens: 2048 },
      { ...rows[2], tokens: 2049 },
    ];
    expect(healthOf(counted).long).toEqual([3]);
    expect(healthOf(rows).languages).toEqual({ en: 2, zh: 1 });
  });

  it.each([
    ['en', { en: 96, zh: 0 }, { same: 16, total: 16 }],
    ['zh', { en: 0, zh: 38 }, { same: 8, total: 8 }],
  ])('finds nothing wrong with the sample team (%s)', (lang, languages, reports) => {
    expect(healthOf(sampleTeam(lang))).toEqual({ duplicates: [], contradictions: [], reports, languages, long: [] });
  });
});
