// A card of ours is a card that Feishu takes: within every limit, with nothing lost, and with nobody's words read as mark-up.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardToText } from '../../../../src/chat/card-text.ts';
import type { Card, Part } from '../../../../src/chat/chat.ts';
import { TooLong } from '../../../../src/chat/errors.ts';
import { feishuCard } from '../../../../src/chat/feishu/face/card.ts';
import { unescapeText } from '../../../../src/chat/feishu/face/escape.ts';
import { cardBytes, countElements, LIMITS } from '../../../../src/chat/feishu/face/limits.ts';
import { checkCard } from '../../../support/feishu/card.ts';

// biome-ignore lint/suspicious/noExplicitAny: a card is looked into as Feishu would, whatever its types here say.
type Json = Record<string, any>;

const made = (card: Card, more: { picture?: string } = {}) => feishuCard(card, { lang: 'en', ...more });
const cards = (card: Card) => {
  const { card: first, rest } = made(card);
  return [first, ...rest] as Json[];
};
/** Every component at any depth, with what it stands in. */
function walk(value: unknown, above: string[] = []): { element: Json; above: string[] }[] {
  if (Array.isArray(value)) return value.flatMap(item => walk(item, above));
  if (typeof value !== 'object' || value === null) return [];
  const element = value as Json;
  const inside = typeof element.tag === 'string' ? [...above, element.tag] : above;
  const own = typeof element.tag === 'string' ? [{ element, above }] : [];
  return [...own, ...Object.entries(element).flatMap(([key, item]) => (key === 'chart_spec' ? [] : walk(item, inside)))];
}
const tagged = (card: unknown, tag: string) =>
  walk(card)
    .filter(({ element }) => element.tag === tag)
    .map(({ element }) => element);
/** What a person reads in it: only Markdown has marks. */
const shown = (card: Json) =>
  walk(card)
    .map(({ element: { tag, content } }) => {
      if (typeof content !== 'string') return '';
      return tag === 'markdown' ? unescapeText(content.replace(/<\/?font[^>]*>/g, '')) : content;
    })
    .join('\n');

const word = fc.stringMatching(/^[a-z0-9一二三学习]{1,12}$/);
const text = fc
  .array(
    fc.oneof(
      word,
      fc.constantFrom(
        '\n',
        '\n\n',
        '**x**',
        '- a\n- b',
        '<at id=all></at>',
        '`c`',
        '# h',
        '1. z',
        '"q"',
        '\\',
        '| a | b |\n|---|---|\n| c | d |',
      ),
    ),
    { maxLength: 12 },
  )
  .map(all => all.join(' '));
const losses = fc.array(fc.tuple(fc.nat(5000), fc.double({ min: 0, max: 12, noNaN: true })), { maxLength: 300 });
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ markdown: text }),
  fc.record({ columns: fc.tuple(fc.record({ title: word, markdown: text }), fc.record({ title: word, markdown: text })) }),
  fc.record({ facts: fc.array(fc.tuple(word, text) as fc.Arbitrary<[string, string]>, { maxLength: 40 }) }),
  fc.record({ progress: fc.double({ min: 0, max: 1, noNaN: true }), note: text }),
  fc.record({ curve: fc.record({ train: losses, heldout: losses, alt: word }) }),
  fc.record({
    checklist: fc.record({
      name: word,
      items: fc.uniqueArray(fc.record({ value: word, label: word, checked: fc.boolean() }), {
        maxLength: 30,
        selector: ({ value }) => value,
      }),
    }),
  }),
  fc.record({ file: fc.record({ name: word, mime: fc.constant('text/plain'), text: word }) }),
  fc.record({
    buttons: fc.array(
      fc.record({
        label: fc.oneof(
          word,
          word.map(w => w.repeat(20)),
        ),
        action: word,
        value: word,
      }),
      { maxLength: 12 },
    ),
  }),
);
const card = fc
  .record({ title: text, parts: fc.array(part, { maxLength: 14 }) })
  .map(({ title, parts }) => ({ title, parts: oneList(parts) }));
/** Cards of ours have one checklist at most. */
const oneList = (parts: Part[]) =>
  parts.filter((part, i) => !('checklist' in part) || parts.findIndex(other => 'checklist' in other) === i);

describe('every card', () => {
  it('is one that Feishu takes, on every page', () => {
    fc.assert(
      fc.property(card, ours => {
        for (const page of cards(ours)) {
          checkCard({ uploads: new Map() }, page);
          expect(cardBytes(page)).toBeLessThanOrEqual(LIMITS.bytes);
          expect(countElements(page)).toBeLessThanOrEqual(LIMITS.elements);
          expect(page.config.update_multi).toBe(true);
          expect(tagged(page, 'chart').length).toBeLessThanOrEqual(LIMITS.charts);
          for (const { element, above } of walk(page)) {
            expect(above.filter(tag => tag === 'column_set').length).toBeLessThan(LIMITS.nesting);
            if (element.tag === 'form') expect(above).toEqual([]);
            if (element.tag === 'button') expect([...element.text.content].length).toBeLessThanOrEqual(LIMITS.buttonCharacters);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('loses no word on its way', () => {
    fc.assert(
      fc.property(card, ours => {
        const read = cards(ours).map(shown).join('\n');
        for (const said of cardToText(ours)
          .replaceAll('[x]', '')
          .match(/[a-z0-9一二三学习]+/g) ?? [])
          expect(read).toContain(said);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same each time it is made: an edit finds its own further pages', () => {
    fc.assert(
      fc.property(card, ours => {
        expect(made(ours)).toEqual(made(ours));
      }),
      { numRuns: 20 },
    );
  });
});

describe('what does not fit', () => {
  const long = (sign: string) => Array.from({ length: 200 }, (_, i) => `Line ${i} ${sign.repeat(90)}`).join('\n\n');

  it('goes to further cards whole, measured in bytes and not in characters', () => {
    const pages = cards({ title: 'Notes', parts: [{ markdown: long('学') }, { buttons: [{ label: 'Go', action: 'go', value: '1' }] }] });
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.map(page => Buffer.byteLength(JSON.stringify(page))).every(bytes => bytes < 30_000)).toBe(true);
    const read = pages.map(shown).join('\n');
    for (let i = 0; i < 200; i++) expect(read).toContain(`Line ${i} ${'学'.repeat(90)}`);
    expect(pages[1].header.title.content).toBe('Notes · 2');
    expect(tagged(pages.at(-1), 'button')).toHaveLength(1);
  });

  it('a fence that goes on is a fence on the next card, too', () => {
    const code = Array.from({ length: 300 }, (_, i) => `echo ${i} ${'学'.repeat(50)}`).join('\n');
    for (const page of cards({ title: '', parts: [{ markdown: `\`\`\`sh\n${code}\n\`\`\`` }] })) {
      for (const { content } of tagged(page, 'markdown')) expect(content.match(/^```/gm)!.length % 2).toBe(0);
    }
  });

  it('what cannot be parted is refused by name', () => {
    const refused = (part: Part) => {
      try {
        made({ title: 't', parts: [part] });
      } catch (error) {
        return error instanceof TooLong ? error.part : error;
      }
    };
    expect(refused({ markdown: 'x'.repeat(200_000) })).toBe('markdown');
    expect(
      refused({
        columns: [
          { title: 'A', markdown: 'x'.repeat(40_000) },
          { title: 'B', markdown: '' },
        ],
      }),
    ).toBe('columns');
    const items = Array.from({ length: 150 }, (_, i) => ({ value: `${i}`, label: `${i}`, checked: true }));
    expect(refused({ checklist: { name: 'n', items } })).toBeUndefined();
    expect(() =>
      made({ title: '', parts: [{ checklist: { name: 'n', items } }, { buttons: [{ label: 'a', action: 'b', value: 'c' }] }] }),
    ).toThrow(TooLong);
  });

  it('a title of more than four lines stands in the body, whole', () => {
    const title = 'why '.repeat(60).trim();
    const [page] = cards({ title, parts: [] });
    expect(page.header).toBeUndefined();
    expect(shown(page)).toContain(title);
  });
});

describe('a comparison', () => {
  const comparison = (a: string, b: string): Card => ({
    title: 'How do I ship?',
    parts: [
      {
        columns: [
          { title: 'A', markdown: a },
          { title: 'B', markdown: b },
        ],
      },
      { markdown: 'Which is better?' },
      { buttons: ['A', 'B', 'tie', 'bad'].map(choice => ({ label: choice, action: 'vote', value: `7:${choice}` })) },
    ],
  });

  it('stands side by side in equal width, the buttons to vote below it', () => {
    const [page] = cards(comparison('one', 'two'));
    const [columns, , votes] = page.body.elements;
    expect(columns.columns.map((column: Json) => [column.width, column.weight])).toEqual([
      ['weighted', 1],
      ['weighted', 1],
    ]);
    expect(votes.columns.map((column: Json) => column.elements[0].text.content)).toEqual(['A', 'B', 'tie', 'bad']);
    expect(votes.columns[0].elements[0].behaviors).toEqual([{ type: 'callback', value: { action: 'vote', value: '7:A' } }]);
  });

  it('tells by nothing but the words which side is whose: exchanged answers make the same card', () => {
    const without = (card: unknown) => JSON.stringify(card).replaceAll('first', '?').replaceAll('other', '?');
    expect(without(made(comparison('first', 'other')))).toBe(without(made(comparison('other', 'first'))));
  });
});

describe('people’s words', () => {
  const hostile = [
    '<at id=all></at>',
    '<at id="all"></at>',
    "<font color='red'>x</font>",
    '<link url="http://x">y</link>',
    '<person id=ou_1></person>',
    ':DONE:',
    '[x](javascript:a)',
    '![p](img_v2_x)',
    '&#60;at id=all&#62;',
    '`<at id=all></at>`',
    '```\n<at id=all></at>\n```',
    '[@All](person:all)',
    '[@a](person:ou_1></at><at id=all)',
    '---',
    '===',
    '    code',
    '# h',
    '> q',
    '\u0000<at id=all>',
  ];

  it('call nobody and colour nothing, wherever they stand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...hostile)), { maxLength: 12 }),
        fc.constantFrom('', ' ', '\n'),
        (all, between) => {
          const said = all.join(between);
          const label = { label: said || 'x', action: 'a', value: 'v' };
          const parts: Part[] = [
            { markdown: said },
            { facts: [[said, said]] },
            {
              columns: [
                { title: said, markdown: said },
                { title: 'b', markdown: said },
              ],
            },
            { progress: 0.5, note: said },
            { buttons: [label] },
            { curve: { train: [], heldout: [], alt: said } },
            { checklist: { name: 'n', items: [{ value: 'v', label: said, checked: true }] } },
          ];
          for (const page of cards({ title: said, parts })) {
            for (const { content } of tagged(page, 'markdown')) {
              const ours = content.replace(/<at id=ou_1><\/at>/g, '').replace(/<font color='grey'>|<\/font>|<hr>/g, '');
              expect(ours.replace(/`[^`]*`|```[\s\S]*?```/g, '')).not.toMatch(/<\w/);
              expect(ours).not.toMatch(/<\s*at\b/i);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a mention of ours calls that person', () => {
    expect(tagged(made({ title: '', parts: [{ markdown: 'Done, [@Ada](person:ou_1).' }] }).card, 'markdown')[0].content).toBe(
      'Done, <at id=ou_1></at>.',
    );
  });
});

describe('a curve', () => {
  const curve = {
    train: [
      [1, 4],
      [2, 3.123456],
      [3, Number.NaN],
    ] as [number, number][],
    heldout: [
      [0, 4],
      [2, 2.5],
    ] as [number, number][],
    best: 2,
    alt: 'It fell.',
  };

  it('is a native chart: both lines, the point that was kept, and what it shows in words', () => {
    const [chart] = tagged(made({ title: '', parts: [{ curve }] }).card, 'chart');
    expect(chart.chart_spec.data.map(({ values }: Json) => values.map(({ step, loss }: Json) => [step, loss]))).toEqual([
      [
        [1, 4],
        [2, 3.123],
      ],
      [
        [0, 4],
        [2, 2.5],
      ],
      [[2, 2.5]],
    ]);
    expect(chart.chart_spec.series.map(({ type }: Json) => type)).toEqual(['line', 'line', 'scatter']);
    expect(shown(made({ title: '', parts: [{ curve }] }).card as Json)).toContain('It fell.');
  });

  it('has at most 200 points a line, the last one among them, and fits', () => {
    const long = Array.from({ length: 5000 }, (_, i): [number, number] => [i, 4 - i / 5000]);
    const [chart] = tagged(made({ title: '', parts: [{ curve: { ...curve, train: long } }] }).card, 'chart');
    const [{ values }] = chart.chart_spec.data;
    expect(values.length).toBeLessThanOrEqual(200);
    expect(values.at(-1).step).toBe(4999);
  });

  it('is the picture where one was uploaded', () => {
    const { card } = made({ title: '', parts: [{ curve }] }, { picture: 'img_v3_1' });
    expect(tagged(card, 'chart')).toEqual([]);
    expect(tagged(card, 'img')).toMatchObject([{ img_key: 'img_v3_1', alt: { content: 'It fell.' } }]);
  });
});

describe('Markdown', () => {
  const content = (markdown: string) => tagged(made({ title: '', parts: [{ markdown }] }).card, 'markdown')[0].content;
  it.each([
    ['**a** *b* ~~c~~ `d`', '**a** *b* ~~c~~ `d`'],
    ['- a\n  - b\n- c', '- a\n    - b\n- c'],
    ['3. a\n4. b', '3. a\n4. b'],
    ['[docs](https://a.example/x(1)?a=1&b=2)', '[docs](https://a.example/x%281%29?a=1&b=2)'],
    ['[docs](ftp://a)', 'docs'],
    ['2 \\* 3 \\* 4', '2 &#42; 3 &#42; 4'],
    ['> a\n> b', '> a\n> b'],
    ['a\n---\nb', 'a\n\n<hr>\n\nb'],
    ['1\\. a', '1&#46; a'],
    ['| a | b |\n|---|---|\n| c | `x` |', '| a | b |\n| --- | --- |\n| c | `x` |'],
    ['1. run:\n   ```sh\n   ls\n   ```\n2. done', '1. run:\n```sh\nls\n```\n2. done'],
  ])('%j', (ours, theirs) => expect(content(ours)).toBe(theirs));

  it('of more tables than a card may hold, the others stand as lines', () => {
    const table = '| a | b |\n|---|---|\n| c | d |';
    const written = content(Array.from({ length: 5 }, () => table).join('\n\n'));
    expect(written.match(/\| --- \|/g)).toHaveLength(LIMITS.tables);
    expect(written.match(/c &#124; d/g)).toHaveLength(5 - LIMITS.tables);
  });
});

it('progress is written as Chinese readers expect a percentage', () => {
  const progress: Card = { title: '', parts: [{ progress: 0.4, note: '第 2 轮' }] };
  expect(shown(feishuCard(progress, { lang: 'zh' }).card as Json)).toContain('░ 40%');
  expect(shown(made(progress).card as Json)).toContain('░ 40 %');
});

it('a file is handed over to be uploaded, and named in the card', () => {
  const file = { name: 'rows.json', mime: 'application/json', text: '[]' };
  const { card, files } = made({ title: '', parts: [{ file }] });
  expect(files).toEqual([file]);
  expect(shown(card as Json)).toContain('rows.json');
});
