import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardToText } from '../../src/chat/card-text.ts';
import { markdownToHtml, markdownToText } from '../../src/chat/markdown.ts';

/** Every tag that our Markdown may become, exactly as we write it: whatever else looks like a tag came from outside. */
const OURS =
  /<\/?(p|strong|em|del|code|pre|blockquote|ul|li|table|thead|tbody|tr|th|td|span|a|ol)>|<br>|<hr>|<span class="mention">|<ol start="\d+">|<a href="https?:\/\/[^"<>]*" target="_blank" rel="noopener noreferrer nofollow">|<a href="#\w+">/gi;
const foreign = (html: string) => html.replace(OURS, '').match(/[<>"']/g) ?? [];

const hostile = fc.array(
  fc.oneof(
    fc.string(),
    fc.constantFrom(
      ...[
        '<script>alert(1)</script>',
        '<img src=x onerror=alert(1)>',
        '</p>',
        '<!--',
        ']]>',
        '"',
        "'",
        '`',
        '```',
        '**',
        '_',
        '~~',
        '\n',
        '\n\n',
        '    ',
      ],
      ...[
        '[a](javascript:alert(1))',
        '[a](JaVaScRiPt:x)',
        '[a](data:text/html,x)',
        '![i](http://x" onerror="y)',
        '<http://x>',
        '<javascript:x>',
        '](',
        '[x]: http://y "t"',
      ],
      ...[
        '[a](http://x "><script>")',
        'http://a"b<c',
        '&lt;script&gt;',
        '&#60;',
        '\\<b>',
        '| a | b |\n|---|---|\n| <b> | `"` |',
        '- ',
        '1. ',
        '> ',
        '# ',
        '[@x](person:")',
        '\u0000',
      ],
    ),
  ),
  { maxLength: 30 },
);

describe('markdown', () => {
  it('no tag and no attribute of any text survives as HTML', () => {
    fc.assert(
      fc.property(hostile, pieces => {
        expect(foreign(markdownToHtml(pieces.join('')))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('sees a foreign tag (a search that finds nothing would pass everything)', () => {
    expect(foreign('<p><img src=x onerror=y></p>').length).toBeGreaterThan(0);
    expect(foreign('<a href="javascript:x" target="_blank" rel="noopener noreferrer nofollow">').length).toBeGreaterThan(0);
  });

  it('reads bold, italics, code, lists, links, mentions and tables', () => {
    expect(markdownToHtml('**b** *i* `c<d` ~~x~~')).toBe('<p><strong>b</strong> <em>i</em> <code>c&lt;d</code> <del>x</del></p>');
    expect(markdownToHtml('one\ntwo')).toBe('<p>one<br>two</p>');
    expect(markdownToHtml('3. a\n4. b')).toBe('<ol start="3"><li>a</li><li>b</li></ol>');
    expect(markdownToHtml('```js\n<b>\n```')).toBe('<pre><code>&lt;b&gt;</code></pre>');
    expect(markdownToHtml('[doc](https://a.example/?x=1&y=2)')).toContain('<a href="https://a.example/?x=1&amp;y=2"');
    expect(markdownToHtml('[@Ann](person:p1)')).toBe('<p><span class="mention">@Ann</span></p>');
    expect(markdownToHtml('|a|b|\n|-|-|\n|1|2|')).toContain('<td>1</td><td>2</td>');
  });

  it('a link to a message of the same chat stays on the page, and nothing else passes for one', () => {
    expect(markdownToHtml('[the answer](#m12ab)')).toBe('<p><a href="#m12ab">the answer</a></p>');
    for (const href of ['#a"b', '#a/b', '#', '/x#m1', 'javascript:#m1']) expect(markdownToHtml(`[x](${href})`)).not.toContain('<a ');
    expect(markdownToText('[the answer](#m12ab)')).toBe('the answer');
  });

  it('shows HTML as text and links nowhere but to http(s)', () => {
    expect(markdownToHtml('<b onclick="x">hi</b>')).toBe('<p>&lt;b onclick=&quot;x&quot;&gt;hi&lt;/b&gt;</p>');
    expect(markdownToHtml('[a](javascript:alert(1)) ![i](file:///etc/passwd)')).toBe('<p>a i</p>');
  });

  it('keeps every word of a text that is too long or too deep to parse', () => {
    const deep = '['.repeat(19_000);
    expect(markdownToHtml(deep)).toBe(`<p>${deep}</p>`);
    const long = `${'<i> '.repeat(25_000)}end`;
    expect(markdownToHtml(long)).toBe(`<p>${'&lt;i&gt; '.repeat(25_000)}end</p>`);
  });

  it('a line below a list that is not indented ends the list', () => {
    expect(markdownToHtml('1. step\n2. step\nOwner: Tomas, #ship')).toBe(
      '<ol start="1"><li>step</li><li>step</li></ol><p>Owner: Tomas, #ship</p>',
    );
    expect(markdownToHtml('- Nothing\nNumbers\n- **3** of 4')).toBe(
      '<ul><li>Nothing</li></ul><p>Numbers</p><ul><li><strong>3</strong> of 4</li></ul>',
    );
    expect(markdownToHtml('- a\n  still a\n  - b\n  a again\nend')).toBe(
      '<ul><li>a<br>still a<ul><li>b</li></ul><p>a again</p></li></ul><p>end</p>',
    );
    expect(markdownToHtml('> - a\n> end')).toBe('<blockquote><ul><li>a</li></ul><p>end</p></blockquote>');
    expect(markdownToText('1. step\n2. step\nOwner: Tomas, #ship')).toBe('1. step\n2. step\nOwner: Tomas, #ship');
    expect(markdownToText('Done\n- Nothing\nNumbers\n- 3\n\n- 4')).toBe('Done\n- Nothing\nNumbers\n- 3\n- 4');
  });

  it('a line before a list stands above it, not in it', () => {
    expect(markdownToHtml('Done\n- a\n- b')).toBe('<p>Done</p><ul><li>a</li><li>b</li></ul>');
    expect(markdownToHtml('Steps\n1. a\n2. b')).toBe('<p>Steps</p><ol start="1"><li>a</li><li>b</li></ol>');
  });

  it('no word and no line of a list is lost, wherever it ends', () => {
    const line = fc.constantFrom('- a', '* b', '1. c', '2. d', '3) e', 'Owner: f', '  g', '  - h', '', '+ i', '12 j', '-k');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), lines => {
        const words = (text: string) => text.match(/[a-zA-Z]+/g) ?? [];
        const html = markdownToHtml(lines.join('\n'));
        expect(words(html.replace(/<[^>]+>/g, ' '))).toEqual(words(lines.join(' ')));
        expect(html).not.toMatch(/<li>(?:(?!<\/li>|<li>).)*Owner/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('writes the same as plain text', () => {
    expect(markdownToText('**b** `c` [doc](https://a.example) [@Ann](person:p1)')).toBe('b `c` doc (https://a.example) @Ann');
    expect(markdownToText('a\n\n- x\n- y\n\n1. z')).toBe('a\n\n- x\n- y\n\n1. z');
    expect(markdownToText('Done\n- one [PAK-12]\n- two')).toBe('Done\n- one [PAK-12]\n- two');
  });
});

describe('a card as text', () => {
  it('has every part', () => {
    const text = cardToText({
      title: 'Run 3',
      parts: [
        { markdown: '**Learning**' },
        { progress: 0.25, note: 'step 10 of 40' },
        {
          facts: [
            ['loss', '1.85'],
            ['困惑度', '6.4'],
          ],
        },
        {
          columns: [
            { title: 'A', markdown: 'one' },
            { title: 'B', markdown: 'two' },
          ],
        },
        {
          curve: {
            train: [
              [1, 4],
              [2, 3],
              [3, 1],
            ],
            heldout: [[0, 4]],
            alt: 'falls from 4 to 1',
          },
        },
        { buttons: [{ label: 'Tie', action: 'vote', value: 'tie' }] },
      ],
    });
    expect(text).toBe(
      [
        'Run 3',
        'Learning',
        '█████░░░░░░░░░░░░░░░ 25 % step 10 of 40',
        'loss    1.85\n困惑度  6.4',
        '── A ──\none\n\n── B ──\ntwo',
        '█▆▁\nfalls from 4 to 1',
        '[Tie]',
      ].join('\n\n'),
    );
  });
});
