import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedIn, toMarkdown, toMrkdwn } from '../../../../src/chat/slack/face/markdown.ts';
import { fromMarkdown } from '../../../../src/chat/slack/face/read-markdown.ts';
import { richText } from '../../../../src/chat/slack/face/write-rich-text.ts';

const NAMES: Record<string, string> = { U123: 'Ann', W45: 'Ben [Ops]', C1: 'team', S1: 'oncall' };
const nameOf = (id: string) => NAMES[id];
const read = (...elements: object[]) => toMarkdown({ text: 'fallback', blocks: [{ type: 'rich_text', elements }] }, nameOf);
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const text = (text: string, ...styles: string[]) => ({
  type: 'text',
  text,
  ...(styles.length > 0 && { style: Object.fromEntries(styles.map(style => [style, true])) }),
});
const plain = (said: string) => toMarkdown({ text: said }, nameOf);

// Our dialect in its normal form, as people and the bot write it.
const word = fc.stringMatching(/^[a-zA-Z0-9中文é>&.,:?!()#$%+="'-]{0,8}[a-z中]$/).filter(w => !/www|http|:\/|@/i.test(w));
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map(all => all.join(' '));
const styled = fc.tuple(words, fc.subarray(['**', '*', '~~'])).map(([said, marks]) => marks.join('') + said + marks.toReversed().join(''));
const atom = fc.oneof(
  { weight: 3, arbitrary: words },
  styled,
  fc.stringMatching(/^[\w<>&*|@! -]{0,8}[\w;]$/).map(code => `\`${code.trim()}\``),
  words.map(label => `[${label}](https://example.org/a?b=1&c=2#d)`),
  words.map(label => `**[${label}](https://example.org/x)**`),
  fc.constantFrom('https://example.org/a_b*c', '[@Ann](person:U123)', '1 < 2', 'a<b', '&amp;'),
);
const line = fc.array(atom, { minLength: 1, maxLength: 4 }).map(atoms => `x ${atoms.join(' ')}`);
const lines = (least: number, join: string) => fc.array(line, { minLength: least, maxLength: 3 }).map(all => all.join(join));
const bullets = fc
  .array(fc.tuple(fc.constantFrom(0, 0, 1), line), { minLength: 1, maxLength: 4 })
  .map(all => all.map(([depth, said], i) => `${i > 0 && depth ? '    ' : ''}- ${said}`).join('\n'));
const numbers = fc.array(line, { minLength: 1, maxLength: 3 }).map(all => all.map((said, i) => `${i + 1}. ${said}`).join('\n'));
const quote = fc.array(line, { minLength: 1, maxLength: 3 }).map(all => `${all.map(said => `> ${said}`).join('\n')}\n`);
const code = fc
  .array(
    fc.stringMatching(/^[\w *_<>&`]{0,12}$/).filter(l => !l.includes('``')),
    { minLength: 1, maxLength: 3 },
  )
  .map(all => `\`\`\`\n|${all.join('\n')}|\n\`\`\``);
/** Blocks of one kind do not follow each other: they would be one. */
const dialect = fc
  .array(
    fc.oneof(
      lines(1, '\n').map(said => ['p', said]),
      lines(2, '\n\n').map(said => ['p', said]),
      bullets.map(said => ['b', said]),
      numbers.map(said => ['n', said]),
      quote.map(said => ['q', said]),
      code.map(said => ['c', said]),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map(blocks =>
    blocks
      .filter(([kind], i) => i === 0 || kind !== blocks[i - 1][0])
      .map(([, said]) => said)
      .join('\n')
      .trimEnd(),
  );

describe('Slack’s writing ⇄ Markdown', () => {
  it('what a Slack client stores of our Markdown reads as the very same Markdown', () => {
    fc.assert(
      fc.property(dialect, said => void expect(toMarkdown({ blocks: [richText(fromMarkdown(said))] }, nameOf)).toBe(said)),
      { numRuns: 200, endOnFailure: true },
    );
  });

  it('and so does what stands in a text alone', () => {
    fc.assert(
      fc.property(dialect, said => void expect(plain(toMrkdwn(said))).toBe(said)),
      { numRuns: 200, endOnFailure: true },
    );
  });

  it('whatever somebody types keeps every character that is no mark', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'ab中* _~`[](){}<>#|\\!:/.-1\n@&;"'), maxLength: 60 });
    const letters = (said: string) => said.replace(/[^ab中]/g, '');
    fc.assert(
      fc.property(typed, said => {
        if (said === '') return;
        const markdown = read(section(text(said)));
        expect(letters(markdown)).toBe(letters(said));
        expect(letters(plain(toMrkdwn(said)))).toBe(letters(markdown === '' ? '' : said));
      }),
      { numRuns: 500, endOnFailure: true },
    );
  });

  it('styles, and styles in styles', () => {
    expect(
      read(section(text('b', 'bold'), text(' '), text('i', 'italic'), text(' '), text('s', 'strike'), text(' '), text('c<d', 'code'))),
    ).toBe('**b** *i* ~~s~~ `c<d`');
    expect(read(section(text('all of it', 'bold', 'italic', 'strike')))).toBe('***~~all of it~~***');
    expect(read(section(text('bold ', 'bold'), text('and both', 'bold', 'italic')))).toBe('**bold *and both***');
    expect(read(section(text(' padded ', 'bold'), text('x')))).toBe(' **padded** x');
    expect(read(section(text('两行\n', 'bold'), text('字', 'bold')))).toBe('**两行**\n**字**');
    expect(read(section(text('a`b', 'code')))).toBe('``a`b``');
  });

  it('marks that a reader would take for something else are escaped or left out, never the text', () => {
    expect(read(section(text('2*3*4 snake_case_name ~/x')))).toBe('2\\*3\\*4 snake_case_name ~/x');
    expect(read(section(text('[x](y) `z`')))).toBe('[x\\](y) \\`z\\`');
    expect(read(section(text('“引文。”', 'bold'), text('后面')))).toBe('“引文。”后面');
  });

  it('mentions, channels, groups, everybody, emoji, dates, links', () => {
    expect(read(section({ type: 'user', user_id: 'U123' }, text(' and '), { type: 'user', user_id: 'W45' }))).toBe(
      '[@Ann](person:U123) and [@Ben Ops](person:W45)',
    );
    expect(read(section({ type: 'user', user_id: 'U9' }))).toBe('[@U9](person:U9)');
    expect(
      read(
        section({ type: 'channel', channel_id: 'C1' }, text(' '), { type: 'usergroup', usergroup_id: 'S1' }, text(' '), {
          type: 'broadcast',
          range: 'here',
        }),
      ),
    ).toBe('#team @oncall @here');
    expect(read(section({ type: 'emoji', name: 'thumbsup', unicode: '1f44d-1f3fd' }, { type: 'emoji', name: 'our-own' }))).toBe(
      '👍🏽:our-own:',
    );
    expect(read(section({ type: 'date', timestamp: 1_700_000_000, format: '{date}', fallback: 'Nov 14' }))).toBe('Nov 14');
    expect(
      read(section({ type: 'link', url: 'https://x.y/z' }, text(' '), { type: 'link', url: 'https://x.y/(z)', text: 'the doc' })),
    ).toBe('https://x.y/z [the doc](https://x.y/%28z%29)');
    expect(read(section({ type: 'link', url: 'mailto:a@b.c', text: 'a@b.c' }))).toBe('a@b.c');
  });

  it('lists within lists, numbers that go on, quotes and code', () => {
    const list = (style: string, indent: number, said: string[], offset?: number) => ({
      type: 'rich_text_list',
      style,
      indent,
      border: 0,
      ...(offset && { offset }),
      elements: said.map(each => section(text(each))),
    });
    expect(
      read(
        section(text('Done:\n')),
        list('bullet', 0, ['a']),
        list('bullet', 1, ['b', 'c']),
        list('bullet', 0, ['d']),
        section(text('Next:')),
        list('ordered', 0, ['e', 'f']),
      ),
    ).toBe('Done:\n- a\n    - b\n    - c\n- d\nNext:\n1. e\n2. f');
    expect(read(section(text('x')), list('ordered', 0, ['c'], 2))).toBe('x\n\n3. c');
    expect(read({ type: 'rich_text_quote', elements: [text('one\ntwo')] }, section(text('mine')))).toBe('> one\n> two\n\nmine');
    expect(read({ type: 'rich_text_preformatted', elements: [text('a *b*\n```\n')] })).toBe('````\na *b*\n```\n````');
  });

  it('the text alone: entities, addresses, mentions, marks at a word’s edge', () => {
    expect(plain('a &lt;b&gt; &amp;amp; <@U123|ann> <#C1|x> <!here> <!subteam^S1|@x> <!date^1^{date}|today>')).toBe(
      'a <b> &amp; [@Ann](person:U123) #team @here @oncall today',
    );
    expect(plain('*b* _i_ ~s~ `c&lt;d` 2*3*4 snake_case_x')).toBe('**b** *i* ~~s~~ `c<d` 2\\*3\\*4 snake_case_x');
    expect(plain('<https://x.y|the doc> <https://x.y> <mailto:a@b.c|a@b.c>')).toBe('[the doc](https://x.y) https://x.y a@b.c');
    expect(plain('&gt; quoted\n• one\n• two\n```\ncode\n```')).toBe('> quoted\n\n- one\n- two\n```\ncode\n```');
    expect(plain('/finetune admin <@U9|new.person>')).toBe('/finetune admin [@new.person](person:U9)');
  });

  it('what other apps say in blocks is read; what was unfurled or forwarded is not the author’s', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Build' } },
      { type: 'section', text: { type: 'mrkdwn', text: '*failed* &lt;x&gt;' } },
      { type: 'divider' },
      { type: 'actions', elements: [] },
    ];
    expect(toMarkdown({ text: 'fallback', blocks }, nameOf)).toBe('**Build**\n**failed** <x>');
    expect(toMarkdown({ text: 'mine', ...{ attachments: [{ text: 'theirs', blocks }] } }, nameOf)).toBe('mine');
    expect(toMarkdown({}, nameOf)).toBe('');
    expect(toMarkdown({ text: 'x', blocks: [{ type: 'rich_text', elements: null }, null, 7] }, nameOf)).toBe('x');
  });

  it('names whoever has to be looked up', () => {
    expect(
      namedIn({
        text: '<@U1> <#C2|x> <!subteam^S3>',
        blocks: [
          { type: 'rich_text', elements: [section({ type: 'user', user_id: 'U4' })] },
          { type: 'section', text: { type: 'mrkdwn', text: '<@U5>' } },
        ],
      }).toSorted(),
    ).toEqual(['C2', 'S3', 'U1', 'U4', 'U5']);
  });

  it('in mrkdwn, bold Chinese has an edge, tables are code, and nothing is forged', () => {
    expect(toMrkdwn('中文**粗体**中文')).toBe('中文\u200b*粗体*\u200b中文');
    expect(toMrkdwn('还没有：`/finetune start`。')).toBe('还没有：\u200b`/finetune start`\u200b。');
    expect(toMrkdwn('say `/finetune start` now')).toBe('say `/finetune start` now');
    expect(toMrkdwn('| a | b |\n|---|---|\n| 1 | 2 |')).toBe('```\na | b\n--|--\n1 | 2\n```');
    expect(toMrkdwn('<!channel> <@U1> *x* \\*y\\*')).toBe('&lt;!channel&gt; &lt;@U1&gt; _x_ *\u200by*');
    expect(toMrkdwn('[@x](person:!channel) [a](javascript:x)')).not.toMatch(/<[!j]/);
  });
});
