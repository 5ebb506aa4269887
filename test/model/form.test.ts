import { describe, expect, test } from 'vitest';
import { factsOf } from '../../src/model/facts.ts';
import { formOf } from '../../src/model/form.ts';
import { blanked, bulletOf } from '../../src/model/lines.ts';
import { answers, reports, team } from './harbour.ts';

describe('lines', () => {
  test.each([
    ['- a', { kind: 'dash', text: 'a' }],
    ['  * a b', { kind: 'dash', text: 'a b' }],
    ['-', { kind: 'dash', text: '' }],
    ['12. a', { kind: 'number', text: 'a' }],
    ['1.完成', { kind: 'number', text: '完成' }],
    ['2、完成', { kind: 'number', text: '完成' }],
    ['（3）完成', { kind: 'number', text: '完成' }],
    ['1.5 TB used', undefined],
    ['**Done**', undefined],
    ['-5 degrees', undefined],
    ['14 boats', undefined],
  ])('%s', (line, bullet) => expect(bulletOf(line)).toEqual(bullet));

  test.each([
    ['Weekly report · W10 · Mara', 'Weekly report · W# ·'],
    ['Report 2026-03-02', 'Report #-#-#'],
    ['Week of March 3', 'Week of # #'],
    ['3 May', '# #'],
    ['Maybe later', 'Maybe later'],
    ['第10周  总结', '第#周 总结'],
  ])('%s is known by %s', (line, key) => expect(blanked(line)).toBe(key));
});

test.each([
  ['p95 2.1 s -> 300 ms (PAK-308), 1,900 rows at 09:20.', ['PAK-308', '95', '2.1', '300', '1900', '09:20']],
  ['1. fixed 5.4.1\n2) nothing', ['5.4.1']],
  ['占 10％，版本３．５', ['10', '3.5']],
  ['no facts', []],
])('facts of %j', (text, facts) => expect([...factsOf(text)]).toEqual(facts));

describe('formOf', () => {
  test('section lines stand in at least half of the reports, in their order; bullets never count', () => {
    const { sections, nothing, ownFacts } = formOf(reports).report!;
    expect(sections.map(({ key, below, fixed }) => [key, below, fixed])).toEqual([
      ['Harbour week · W# ·', 'nothing', false],
      ['Work', 'dash', true],
      ['Top # counts', 'dash', true],
      ['Plan', 'dash', true],
    ]);
    expect(nothing).toBe('None');
    expect(ownFacts).toEqual(['3']);
  });

  test('what stands alone and says a fact is not “nothing”; a week that most reports share is not the form’s own', () => {
    const same = [0, 1, 2].map(() => reports[0]).concat(reports[2]);
    expect(formOf(same).report).toMatchObject({ ownFacts: ['3'] });
    const twice = reports.map(row => ({ ...row, output: row.output.replace(/Plan\n.*/u, 'Plan\n- Repair HAR-7') }));
    expect(formOf([...twice, ...twice]).report!.nothing).toBe('None');
  });

  test('a line of less than half of the reports is no section line', () => {
    const more = reports.map((row, index) => ({ ...row, output: index === 0 ? `${row.output}\nWeather\n- Rain` : row.output }));
    expect(formOf(more).report!.sections.map(({ key }) => key)).not.toContain('Weather');
  });

  test('Q&A features that 80 % share', () => {
    expect(formOf(answers).qa).toEqual({ numbered: true, lastLine: 'Ask:', length: 16 });
    const mixed = [...answers.slice(0, 3), { kind: 'qa' as const, output: 'Yes.' }, { kind: 'qa' as const, output: 'No.' }];
    expect(formOf(mixed).qa).toEqual({ numbered: null, lastLine: null, length: null });
  });

  test('one owner for everything: the whole last line is the beginning', () => {
    expect(formOf([answers[0], answers[2]]).qa!.lastLine).toBe('Ask: Rosa, berth 4');
  });

  test('Chinese', () => {
    const rows = ['用缆绳。\n1. 系好\n负责人：小罗，#码头', '先登记。\n1. 交钱\n负责人：阿明，#办公'].map(output => ({
      kind: 'qa' as const,
      output,
    }));
    expect(formOf(rows)).toMatchObject({ language: 'zh', qa: { numbered: true, lastLine: '负责人：' } });
  });

  test('is data that survives JSON; a kind without references has none', () => {
    expect(JSON.parse(JSON.stringify(formOf(team)))).toEqual(formOf(team));
    expect(formOf(answers).report).toBeNull();
    expect(formOf([])).toEqual({ language: 'en', report: null, qa: null });
  });
});
