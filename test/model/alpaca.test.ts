import { describe, expect, test } from 'vitest';
import { MAX_FILE_BYTES, MAX_ROW_BYTES, readRows } from '../../src/model/alpaca.ts';
import { say } from '../../src/words/words.ts';

const first = { instruction: 'Where are the keys?', input: '', output: 'In the drawer.\nOwner: Ana' };
const second = { instruction: '怎么开门？', output: '用钥匙。' };
const taken = [
  { kind: 'qa', ...first },
  { kind: 'qa', ...second, input: '' },
];

describe('the forms people paste', () => {
  const forms: Record<string, string> = {
    'a list': JSON.stringify([first, second]),
    'a list, indented': JSON.stringify([first, second], null, 2),
    'one object a line': `${JSON.stringify(first)}\n${JSON.stringify(second)}\n`,
    'one object a line, with commas': `${JSON.stringify(first)},\n${JSON.stringify(second)},`,
    'indented objects one after another': `${JSON.stringify(first, null, 2)}\n${JSON.stringify(second, null, 2)}`,
    'a list with a comma too many': `[${JSON.stringify(first)}, ${JSON.stringify(second)},\n]`,
    'line breaks typed inside a string': `[${JSON.stringify(first).replace('\\n', '\n')}, ${JSON.stringify(second)}]`,
    'a code fence': `\`\`\`json\n${JSON.stringify([first, second])}\n\`\`\``,
    'Windows line ends': JSON.stringify([first, second], null, 2).replaceAll('\n', '\r\n'),
    'a byte order mark': `\uFEFF${JSON.stringify([first, second])}`,
  };
  test.each(Object.entries(forms))('%s', (_name, text) => {
    expect(readRows(text)).toEqual({ rows: taken, problems: [], duplicates: [], ignored: [] });
  });

  test('one bare object', () => expect(readRows(JSON.stringify(second)).rows).toEqual([taken[1]]));
  test('null input', () => expect(readRows(JSON.stringify({ ...second, input: null })).rows).toEqual([taken[1]]));

  test.each(['utf-16le', 'utf-16be'])('%s, with a mark and without', encoding => {
    const little = Buffer.from(JSON.stringify([first, second]), 'utf16le');
    const bytes = encoding === 'utf-16le' ? little : Buffer.from(little).swap16();
    const mark = encoding === 'utf-16le' ? [0xff, 0xfe] : [0xfe, 0xff];
    expect(readRows(bytes).rows).toEqual(taken);
    expect(readRows(Buffer.concat([Buffer.from(mark), bytes])).rows).toEqual(taken);
  });
});

describe('nothing by halves', () => {
  const problemOf = (row: unknown) => readRows(JSON.stringify([first, row]));

  test.each([
    [{ question: 'a', answer: 'b' }, 'rows.missing', { field: 'instruction', found: 'question, answer' }],
    [{ instruction: 'a' }, 'rows.missing', { field: 'output', found: 'instruction' }],
    [{ instruction: 'a', output: ' \n' }, 'rows.blank', { field: 'output' }],
    [{ instruction: 'a', output: 42 }, 'rows.notString', { field: 'output', found: '42' }],
    [{ instruction: 'a', input: ['b'], output: 'c' }, 'rows.notString', { field: 'input', found: '["b"]' }],
    [{ instruction: 'a', output: 'b', kind: 'poem' }, 'rows.kind', { found: '"poem"' }],
    [{ instruction: 'a', output: 'b\0' }, 'rows.character', {}],
    [{ instruction: 'a', output: 'b\ud800' }, 'rows.character', {}],
    [{ instruction: 'a', output: 'b'.repeat(MAX_ROW_BYTES) }, 'rows.long', { kilobytes: 101 }],
    ['text', 'rows.notRow', { found: '"text"' }],
    [null, 'rows.notRow', { found: 'null' }],
  ])('%j', (row, code, values) => {
    const read = problemOf(row);
    expect(read.rows).toEqual([]);
    expect(read.problems).toEqual([{ row: 2, code, values }]);
  });

  test('every bad row is named, with its line where the file is no JSON as a whole', () => {
    const read = readRows('{"instruction": "a", "output": "b"}\n{"instruction": "a" "output": "b"}\n{"instruction": "a"}\n');
    expect(read.problems.map(({ row, line, code }) => [row, line, code])).toEqual([
      [2, 2, 'rows.json.broken'],
      [3, 3, 'rows.missing'],
    ]);
    expect(read.problems[0].values.line).toBe(2);
  });

  test('a comma too many inside a row is found on its line', () => {
    const [problem] = readRows('[\n{"instruction": "a", "output": "b"},\n{\n"instruction": "a",\n"output": "b",\n}\n]').problems;
    expect(problem).toMatchObject({ row: 2, line: 3, code: 'rows.json.broken', values: { line: 6 } });
  });

  test.each(['[{"instruction": "a", "output": "b"}, {"instruction": "a", "out', '[{"instruction": "a", "output": "b"},'])(
    'cut off: %s',
    text => {
      expect(readRows(text).problems.at(-1)).toMatchObject({ row: 2, code: 'rows.json.cut' });
    },
  );

  test.each([
    ['', 'rows.empty'],
    [' \n', 'rows.empty'],
    ['[]', 'rows.none'],
    ['instruction,output\na,b\n', 'rows.notJson'],
    [new Uint8Array([0xc3, 0x28, 0xa0]), 'rows.notText'],
    [new Uint8Array(MAX_FILE_BYTES + 1), 'rows.tooLarge'],
  ])('a whole file: %o', (file, code) => expect(readRows(file as string).problems).toMatchObject([{ row: 0, code }]));

  test('every problem has a sentence with all its places filled, in both languages', () => {
    const files = [
      '',
      '[]',
      'a,b',
      '[{"instruction": "a", "out',
      '{"instruction": "a" "output"}\n{}',
      '[{"instruction":"a","output":1,"kind":2}, 3]',
    ];
    for (const { code, values } of files.flatMap(file => readRows(file).problems))
      for (const lang of ['en', 'zh'] as const) expect(say(lang, code, values)).not.toMatch(/\{\w+\}|^rows\./u);
  });
});

test('duplicates and unread fields are said, once', () => {
  const read = readRows(JSON.stringify([{ ...first, id: 7 }, second, { ...first, output: `${first.output}\n`, id: 8, topic: 'x' }]));
  expect(read).toEqual({ rows: taken, problems: [], duplicates: [{ row: 3, sameAs: 1 }], ignored: ['id', 'topic'] });
});

test('kind and thread are taken where given; without a kind the report rule decides', () => {
  const rows = [
    { instruction: 'Write my weekly report.', input: 'W1, Ana', output: 'Done\n- a' },
    { instruction: 'Sum this up', output: 'Weekly report · W1 · Ana' },
    { instruction: '帮我写周报。', output: '做完了' },
    { instruction: 'Who reads the weekly report?', output: 'Ben does.' },
    { instruction: '周报交给谁？', output: '小李' },
    { instruction: 'How do I open it?', output: 'See below.', kind: 'report', thread: 12 },
  ];
  expect(readRows(JSON.stringify(rows)).rows.map(({ kind }) => kind)).toEqual(['report', 'report', 'report', 'qa', 'qa', 'report']);
  expect(readRows(JSON.stringify(rows)).rows[5].thread).toBe('12');
});
