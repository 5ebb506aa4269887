// What people write in Feishu as our Markdown, and a post out of it again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardToText } from '../../../../src/chat/card-text.ts';
import type { Card } from '../../../../src/chat/chat.ts';
import { feishuCard } from '../../../../src/chat/feishu/face/card.ts';
import { type FeishuMessage, toMarkdown } from '../../../../src/chat/feishu/face/markdown.ts';
import { toPost } from '../../../support/feishu/to-post.ts';

const message = (msg_type: string, content: unknown, mentions?: FeishuMessage['mentions']): FeishuMessage => ({
  msg_type,
  content: typeof content === 'string' ? content : JSON.stringify(content),
  ...(mentions && { mentions }),
});
const text = (said: string, mentions?: FeishuMessage['mentions']) => toMarkdown(message('text', { text: said }, mentions));
const post = (content: unknown[][], title = '', mentions?: FeishuMessage['mentions']) =>
  toMarkdown(message('post', { title, content }, mentions));
const again = (markdown: string) => toMarkdown(message('post', toPost(markdown)));

describe('a text', () => {
  it('is taken as typed', () => {
    for (const said of ['kite ship --to sea', '2 * 3 * 4', 'a_b_c', '<b>', '第一行\n第二行', '[文档](https://a.example)'])
      expect(text(said)).toBe(said);
  });

  it('names whom it mentions, by event and by a look at the message; the tenth is not the first', () => {
    const people = Array.from({ length: 12 }, (_, i) => ({ key: `@_user_${i + 1}`, id: { open_id: `ou_${i + 1}` }, name: `P${i + 1}` }));
    expect(text('@_user_12 asks @_user_1', people)).toBe('[@P12](person:ou_12) asks [@P1](person:ou_1)');
    expect(text('@_user_1 hi', [{ key: '@_user_1', id: 'ou_1', name: 'Ada [x](y)' }])).toBe('[@Ada x y](person:ou_1) hi');
    expect(text('@_all and @_user_9')).toBe('@all and @_user_9');
  });
});

describe('a post', () => {
  it('keeps styles, links, mentions, code and lines', () => {
    const lines = [
      [
        { tag: 'text', text: 'Run ', style: [] },
        { tag: 'text', text: 'rotate.sh ', style: ['bold', 'italic'] },
        { tag: 'text', text: 'now', style: ['lineThrough', 'underline'] },
      ],
      [
        { tag: 'a', text: 'docs', href: 'https://a.example/x(1)' },
        { tag: 'text', text: ' ' },
        { tag: 'a', text: 'https://b.example', href: 'https://b.example' },
      ],
      [
        { tag: 'at', user_id: '@_user_1', user_name: '' },
        { tag: 'emotion', emoji_type: 'SMILE' },
      ],
      [{ tag: 'img', image_key: 'img_1' }],
      [{ tag: 'code_block', language: 'SHELL', text: 'ls -l\n```\n' }],
      [{ tag: 'hr' }],
      [{ tag: 'text', text: '1 &lt; 2', un_escape: true }],
      [{ tag: 'something_new', text: 'kept' }],
    ];
    expect(post(lines, 'Title', [{ key: '@_user_1', id: { open_id: 'ou_1' }, name: 'Ada' }])).toBe(
      [
        '**Title**',
        'Run ***rotate.sh*** ~~now~~',
        '[docs](https://a.example/x%281%29) https://b.example',
        '[@Ada](person:ou_1):SMILE:',
        '',
        '````shell\nls -l\n```\n````',
        '---',
        '1 < 2',
        'kept',
      ].join('\n'),
    );
  });

  it('comes back as it was written, in the normal form', () => {
    const word = fc.stringMatching(/^[a-z一二三学习]{1,8}$/);
    const piece = fc.oneof(
      word,
      word.map(w => `**${w}**`),
      word.map(w => `*${w}*`),
      word.map(w => `***${w}***`),
      word.map(w => `~~${w}~~`),
      word.map(w => `\`${w}\``),
      word.map(w => `[${w}](https://a.example/${w.length})`),
      word.map(w => `[@${w}](person:ou_${w.length})`),
    );
    const line = fc.oneof(
      fc.array(piece, { minLength: 1, maxLength: 5 }).map(all => all.join(' ')),
      fc.tuple(fc.constantFrom('- ', '1. ', '> ', '    - '), word).map(all => all.join('')),
      fc.constantFrom('', '---', '| a | b |'),
      fc
        .tuple(fc.constantFrom('', 'sh', 'python'), fc.array(fc.oneof(word, fc.constantFrom('**a**', '  x = 1', '')), { maxLength: 4 }))
        .map(([lang, lines]) => `\`\`\`${lang}\n${[...lines, 'end'].join('\n')}\n\`\`\``),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), lines => {
        const markdown = lines.join('\n').trim();
        expect(again(markdown)).toBe(markdown);
      }),
      { numRuns: 300 },
    );
  });

  it('writes marks in one way, headings as bold lines', () => {
    expect(again('__a__ _b_ **c** *d*')).toBe('**a** *b* **c** *d*');
    expect(again('## Week 12')).toBe('**Week 12**');
    expect(again('~~~sh\nls\n~~~')).toBe('```sh\nls\n```');
  });

  it('loses no word, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.constantFrom(
              '**',
              '_',
              '`',
              '```',
              '\n',
              '[a](http://x)',
              '# h',
              '- ',
              '<b>',
              '~~',
              '[@A](person:ou_1)',
              '[x](javascript:y)',
            ),
          ),
          { maxLength: 20 },
        ),
        all => {
          const markdown = all.join('');
          const read = again(markdown);
          for (const word of markdown.replace(/^(```|~~~).*$/gm, '').match(/[A-Za-z0-9]{2,}/g) ?? [])
            expect(read.toLowerCase()).toContain(word.toLowerCase());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('calls nobody who is not a person', () => {
    expect(JSON.stringify(toPost('[@everybody](person:all) <at user_id="all"></at>'))).not.toContain('"tag":"at"');
  });
});

describe('a card', () => {
  const card: Card = {
    title: 'Run 3',
    parts: [
      { markdown: 'Learning from **80** examples, 2 \\* 3, says [@Ada](person:ou_1).\n\n- a\n- b' },
      {
        columns: [
          { title: 'A', markdown: 'one' },
          { title: 'B', markdown: 'two' },
        ],
      },
      { facts: [['Loss', '3.2 → 1.7']] },
      { buttons: [{ label: 'Cancel', action: 'cancel', value: '3' }] },
    ],
  };

  it('of ours says what it says to people, buttons aside', () => {
    const read = toMarkdown(message('interactive', feishuCard(card, { lang: 'en' }).card, [{ key: '', id: 'ou_1', name: 'Ada' }]));
    expect(read).toBe(
      'Run 3\n\nLearning from **80** examples, 2 * 3, says [@Ada](person:ou_1).\n\n- a\n- b\n\n**A**\n\none\n\n**B**\n\ntwo\n\nLoss\n\n3.2 → 1.7',
    );
    expect(cardToText(card)).toContain('says @Ada');
  });

  it('of others is read by the lines that Feishu gives of it', () => {
    const given = {
      title: 'Alarm',
      elements: [
        [
          { tag: 'text', text: 'disk ' },
          { tag: 'a', text: 'full', href: 'https://a.example' },
        ],
        [{ tag: 'button', text: 'OK' }],
      ],
    };
    expect(toMarkdown(message('interactive', given))).toBe('Alarm\n\ndisk [full](https://a.example)');
  });
});

describe('what has no words', () => {
  it('says nothing', () => {
    const none: [string, unknown][] = [
      ['image', { image_key: 'img_1' }],
      ['file', { file_key: 'file_1', file_name: 'rows.json' }],
      ['audio', { file_key: 'file_2', duration: 1 }],
      ['media', { file_key: 'file_3', image_key: 'img_2', file_name: 'a.mp4' }],
      ['folder', { file_key: 'file_4', file_name: 'f' }],
      ['sticker', { file_key: 'file_5' }],
      ['merge_forward', { content: 'Merged and Forwarded Message' }],
      ['share_chat', { chat_id: 'oc_1' }],
      ['system', { template: '{from_user} invited {to_chatters}', from_user: ['A'], to_chatters: ['B'] }],
      ['location', { name: 'x' }],
      ['hongbao', { text: '[红包]' }],
      ['from_the_future', { text: 'x' }],
    ];
    for (const [type, content] of none) expect(toMarkdown(message(type, content)), type).toBe('');
    expect(toMarkdown(message('share_user', { user_id: 'ou_1' }))).toBe('[@ou_1](person:ou_1)');
  });

  it('content that is nonsense says nothing, and breaks nothing', () => {
    const types = ['text', 'post', 'interactive', 'image', 'file', 'share_user'];
    for (const content of [
      '',
      'x',
      'null',
      '7',
      '[]',
      '{"content":7}',
      '{"content":[7,[null,"x",{}]]}',
      '{"text":{}}',
      '{"body":{"elements":[null,7,{"tag":"markdown"}]}}',
      '{"elements":[7,[]]}',
      '{"title":{}}',
    ]) {
      for (const type of types) expect(typeof toMarkdown(message(type, content))).toBe('string');
    }
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.json(), (type, content) => {
        toMarkdown(message(type, content));
      }),
    );
  });
});
