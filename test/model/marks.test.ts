// What a draft says and its notes do not is marked, and nothing that the notes say.
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formOf } from '../../src/model/form.ts';
import { factsIn } from '../../src/model/mark-facts.ts';
import { markInventions } from '../../src/model/marks.ts';
import { markdownWithMarks, withoutMarks } from '../../src/model/shown-marks.ts';
import { projectRoot } from '../../src/root.ts';
import { readCases } from '../bench/marks-cases.ts';
import { reports } from './harbour.ts';

/** What is marked, in short: "42", or "42 elsewhere". */
const marked = (draft: string, notes: string, options = {}): string[] =>
  markInventions(draft, notes, options).map(({ text, reason }) => (reason === 'absent' ? text : `${text} ${reason}`));

describe('the same fact in another writing is not marked', () => {
  test.each([
    ['1,900 receipts', '1900 receipts'],
    ['1.2k receipts sold', 'receipts: 1200'],
    ['sold 12000 seedlings', 'seedlings: 1.2 万'],
    ['50 percent of the traffic', 'traffic 50%'],
    ['流量占百分之五十', '流量 50 %'],
    ['six new people trained', 'training for 6 new people'],
    ['培训六个新人', '培训 6 个新人'],
    ['backup took 110 minutes', 'backup 1h50'],
    ['backup took 1 h 50', 'backup took 1h50'],
    ['service back after ninety minutes', 'service was back after an hour and a half'],
    ['数据库停了 90 分钟', '数据库停了一个半小时'],
    ['alarm at 03:00', 'alarm at 3 am'],
    ['下午三点报警', '15:00 报警'],
    ['mirror cleaned on 28 July', '07-28 mirror cleaned'],
    ['3月5日清洗镜面', '2025-03-05 清洗镜面'],
    ['mirror cleaned on March 5', '3/5 mirror cleaned'],
    ['belt repaired on Tuesday', 'tue: belt repaired'],
    ['星期三修好皮带', '周三 皮带修好'],
    ['freeze on Wednesday and Thursday', 'wed-thu freeze'],
    ['report of week 31', 'W31 report'],
    ['第三十一周周报', 'W31 周报'],
    ['fixed pak-301', 'PAK-301 fixed'],
    ['upgraded to Postgres 16', 'upgraded to pg16'],
    ['see https://wiki.example/a/', 'see wiki.example/a'],
  ])('%s = %s', (draft, notes) => {
    expect(marked(draft, notes)).toEqual([]);
  });

  test('a day and a weekday of a week are the same where the year is known', () => {
    const notes = 'W31, Ines\nMonday: mirror cleaned';
    expect(marked('- Mirror cleaned on 28 July', notes, { year: 2025 })).toEqual([]);
    expect(marked('- Mirror cleaned on 29 July', notes, { year: 2025 })).toEqual(['29 July']);
  });
});

describe('what the notes lack is marked', () => {
  test.each([
    ['sold 1,901 receipts', 'sold 1900 receipts', '1,901'],
    ['sold forty receipts', 'sold 14 receipts', 'forty'],
    ['卖出三十张小票', '卖出 13 张小票', '三十'],
    ['fixed PAK-302', 'fixed PAK-301', 'PAK-302'],
    ['belt repaired on Friday', 'tue: belt repaired', 'Friday'],
    ['星期五修好皮带', '周三 皮带修好', '星期五'],
    ['see https://wiki.example/b', 'see https://wiki.example/a', 'https://wiki.example/b'],
    ['belt repaired with Henrik', 'belt repaired', 'Henrik'],
    ['- Priya reviewed the belt', 'reviewed the belt', 'Priya'],
    ['皮带由王芳修好', '皮带修好', '王芳'],
    ['run `belt --fast`', 'run the belt', '`belt --fast`'],
  ])('%s, notes: %s', (draft, notes, mark) => {
    expect(marked(draft, notes)).toEqual([mark]);
  });
});

describe('what stands where the notes do not put it is marked', () => {
  const notes =
    'refund job fixed PAY-10\nledger export rewritten PAY-20, runs in 8 min\n14 ships to sea, 1 rolled back\nchargebacks down to 55';

  test('swapped tickets and numbers', () => {
    expect(marked('- Fixed the refund job (PAY-20)', notes)).toEqual(['PAY-20 elsewhere']);
    expect(marked('- Chargebacks: 8', notes)).toEqual(['8 elsewhere']);
    expect(marked('- Ships to sea: 1, rolled back: 14', notes)).toEqual(['1 elsewhere', '14 elsewhere']);
    expect(marked('- Ships to sea: 14, rolled back: 1', notes)).toEqual([]);
  });

  test('a number of something else than the notes measure', () => {
    expect(marked('- Rewrote 8 exports of the ledger', notes)).toEqual(['8 elsewhere']);
    expect(marked('- Ledger export is 8 % faster', notes)).toEqual(['8 % elsewhere']);
    expect(marked('- Ledger export runs in 8 minutes', notes)).toEqual([]);
  });
});

test('headings, the markers of a list and what is known otherwise do not count', () => {
  const form = formOf(reports).report;
  const notes = 'mon: 5 boats in\ncrane painted';
  const draft = 'Harbour week · W24 · Emil\nWork\n1. Painted the crane\n2. 5 boats came in\nTop 3 counts\n- Boats: 5';
  expect(marked(draft, notes, { form, known: ['W24', 'Emil'] })).toEqual([]);
  expect(marked(draft, notes, { form })).toEqual(['W24', 'Emil']);
  expect(marked(draft, notes)).toContain('3');
});

test('the words of an English heading are no names above a Chinese draft; a week and a name that nobody gave are', () => {
  const form = formOf([1, 2].map(week => ({ kind: 'report' as const, output: `Weekly report · W${week} · Ann\nDone\n- Oiled it` }))).report;
  const draft = 'Weekly report · W9 · 小鹿\nDone\n- 修好了 Kraken';
  expect(marked(draft, '周一：修好了吊车', { form, known: ['W9', '小鹿'] })).toEqual(['Kraken']);
  expect(marked(draft, '周一：修好了吊车', { form })).toContain('W9');
});

test("what the team's approved reports took from their notes is not marked", () => {
  const form = formOf(reports).report;
  for (const { input, output } of reports) expect(marked(output, input, { form }), output).toEqual([]);
});

test('of the inventions in the labelled drafts at least 95 % are marked, of their true facts at most 5 %', () => {
  const judged = readCases(join(projectRoot(), 'test/fixtures/marks')).flatMap(({ draft, notes, labels }) => {
    const marks = markInventions(draft, notes);
    return labels.map(({ invented, start, end }) => ({ invented, marked: marks.some(mark => mark.start < end && start < mark.end) }));
  });
  const share = (invented: boolean): number => {
    const labels = judged.filter(label => label.invented === invented);
    return labels.filter(({ marked }) => marked).length / labels.length;
  };
  expect(judged.filter(({ invented }) => invented).length).toBeGreaterThan(200);
  expect(share(true)).toBeGreaterThanOrEqual(0.95);
  expect(share(false)).toBeLessThanOrEqual(0.05);
});

describe('marks are shown', () => {
  const show = (draft: string, notes: string): string => markdownWithMarks(draft, markInventions(draft, notes));

  test('around the words, around whole code spans and links, and apart from a bare address', () => {
    expect(show('- Moved **3500** books with Gregor', 'moved books')).toBe('- Moved **⟦3500⟧⚠** books with ⟦Gregor⟧⚠');
    expect(show('run `belt 7` now', 'run')).toBe('run ⟦`belt 7`⟧⚠ now');
    expect(show('the [guide](https://a.example/x)', 'guide')).toBe('the ⟦[guide](https://a.example/x)⟧⚠');
    expect(show('at https://a.example/x, too', 'at')).toBe('at ⟦https://a.example/x ⟧⚠, too');
  });

  test('and taken out again without a trace', () => {
    for (const draft of [
      '- Moved **3500** books with Gregor',
      'run `belt 7` now',
      'at https://a.example/x, too',
      '第 7 周，找王芳，花了 300 元',
    ])
      expect(withoutMarks(show(draft, '-'))).toBe(draft);
    expect(withoutMarks('left ⟦over')).toBe('left over');
  });
});

test('whatever the text, marks lie inside it, in order and apart, and say the words they stand for', () => {
  const piece = fc.constantFrom(
    '14',
    ' ',
    '\n',
    '- ',
    '1. ',
    '周三',
    '12月9日',
    'PAK-3',
    'https://a.example/',
    'Mara',
    '，',
    '：',
    '十点',
    '％',
    '３',
    'pg16',
    '1h50',
    '5/3',
    '王芳',
    '和',
    '`x',
    '`',
    '😀',
  );
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 25 }).map(parts => parts.join(''));
  fc.assert(
    fc.property(text, text, (draft, notes) => {
      let end = 0;
      for (const mark of markInventions(draft, notes)) {
        expect(mark.start).toBeGreaterThanOrEqual(end);
        expect(mark.end).toBeGreaterThan(mark.start);
        expect(draft.slice(mark.start, mark.end)).toBe(mark.text);
        end = mark.end;
      }
      expect(end).toBeLessThanOrEqual(draft.length);
    }),
  );
});

test('a draft that repeats its notes has no mark for a fact that is absent', () => {
  const piece = fc.constantFrom(
    '14 ',
    'boats ',
    '\n',
    'tue: ',
    '12月9日 ',
    'PAK-3 ',
    'https://a.example/x ',
    'with Mara ',
    '和王芳一起 ',
    'at 3 pm ',
    '1h50 ',
    '1,900 ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 15 }), parts => {
      const text = parts.join('');
      expect(markInventions(text, `crane\n${text}`).filter(({ reason }) => reason === 'absent')).toEqual([]);
    }),
  );
});

// With an expression that goes back and forth each of these takes minutes instead of a fraction of a second.
test('a very long line without a break is read to its end', () => {
  const long = { '12': 1, a: 0, 测: 0, 十: 0, 'a-': 0, 'a.': 0, a_: 0 };
  for (const [piece, facts] of Object.entries(long))
    expect(factsIn(`${piece.repeat(200_000)} PAK-7`, []).length, piece).toBeLessThanOrEqual(facts + 1);
});
