import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card, Part } from '../../../../src/chat/chat.ts';
import { TooLong } from '../../../../src/chat/errors.ts';
import { slackMessage, textOnly } from '../../../../src/chat/slack/face/card.ts';
import { expectTaken, type Json, readable, refusals } from './slack-takes.ts';

const card = (...parts: Part[]): Card => ({ title: 'Title', parts });
const words = (n: number, name = 'w') => Array.from({ length: n }, (_, i) => `${name}${i}`).join(' ');
const shownIn = (message: ReturnType<typeof slackMessage>) =>
  readable([...message.blocks, ...message.thread.flatMap(({ blocks }) => blocks)]);

/** Words that no other part of the same card has, among everything that Markdown and Slack take for a mark. */
const text = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 10 ** 9 }).map(n => `w${n}w`),
      fc.constantFrom(
        '**',
        '*',
        '_',
        '`',
        '```',
        '~~',
        '<!channel>',
        '<@U12345>',
        '&amp;',
        '- ',
        '1. ',
        '> ',
        '\n',
        '\n\n',
        '| a | b |\n|---|---|\n',
        '[x](https://x.y)',
        '[@Ann](person:U123)',
        '中文',
        '🦜',
        '"',
        '\\',
        '\u0000',
      ),
    ),
    {
      maxLength: 60,
    },
  )
  .map(pieces => pieces.join(' '));
const long = fc.tuple(text, fc.integer({ min: 1, max: 60 })).map(([piece, times]) => piece.repeat(times).slice(0, 9_000));
const line = fc.stringMatching(/^[\w 中文<>&*]{0,200}$/);
const label = fc.stringMatching(/^[\w 中文<>&*]{1,140}$/);
const part = fc.oneof(
  { weight: 4, arbitrary: fc.record({ markdown: fc.oneof(text, long) }) },
  {
    weight: 2,
    arbitrary: fc.tuple(long, long).map(
      ([a, b]): Part => ({
        columns: [
          { title: 'A', markdown: a },
          { title: 'B', markdown: b },
        ],
      }),
    ),
  },
  fc.array(fc.tuple(label, fc.oneof(line, long)), { maxLength: 25 }).map((facts): Part => ({ facts: facts as [string, string][] })),
  fc.record({ progress: fc.double({ min: -1, max: 2 }), note: line }),
  fc.record({
    curve: fc.record({ train: fc.array(fc.tuple(fc.nat(), fc.double()), { maxLength: 200 }), heldout: fc.constant([]), alt: line }),
  }),
  fc.record({
    checklist: fc.record({
      name: fc.constant('notes'),
      items: fc.uniqueArray(fc.record({ value: fc.stringMatching(/^[\w/.]{1,40}$/), label, checked: fc.boolean() }), {
        maxLength: 35,
        selector: ({ value }) => value,
      }),
    }),
  }),
  fc.record({
    buttons: fc.array(
      fc.record({
        label: fc.stringMatching(/^[\w ]{1,90}$/),
        action: fc.constantFrom('vote', 'x-y'),
        value: line,
        form: fc.constantFrom(undefined, true as const),
      }),
      { maxLength: 30 },
    ),
  }),
);
const cards: fc.Arbitrary<Card> = fc.record({
  title: fc.oneof(line, fc.constant('')),
  parts: fc.array(part as fc.Arbitrary<Part>, { maxLength: 8 }),
});

describe('a card in Slack', () => {
  it('always keeps Slack’s limits, in the message and in the thread, and loses no word', () => {
    let threads = 0;
    fc.assert(
      fc.property(cards, fc.constantFrom(undefined, 'F123'), (each, picture) => {
        let message: ReturnType<typeof slackMessage>;
        try {
          message = slackMessage(each, { picture });
        } catch (error) {
          // Only what nobody could put anywhere is refused.
          expect(error).toBeInstanceOf(TooLong);
          return JSON.stringify(each).length > 20_000;
        }
        threads += message.thread.length;
        for (const said of [message, ...message.thread]) expectTaken(said);
        const shown = shownIn(message).replace(/\s+/g, '');
        for (const [word] of JSON.stringify(each).matchAll(/w\d+w/g)) if (!shown.includes(word)) throw new Error(`${word} is lost`);
      }),
      { numRuns: 100, endOnFailure: true },
    );
    expect(threads).toBeGreaterThan(5);
  });

  it('the limits’ own check sees what is wrong (one that sees nothing would pass everything)', () => {
    expect(refusals([])).not.toEqual([]);
    expect(refusals([{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }])).toEqual(['header.text.text: 151']);
    expect(
      refusals([
        { type: 'actions', elements: [1, 1].map(() => ({ type: 'button', text: { type: 'plain_text', text: 'x' }, action_id: 'same' })) },
      ]),
    ).toEqual(['action_id same twice']);
    expect(refusals([{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }] }])).toEqual([
      'text.text: 0',
    ]);
  });

  it('shows title, text, facts, progress and buttons in their order', () => {
    const message = slackMessage(
      card(
        { markdown: '**Bold** [@Ann](person:U123)' },
        { facts: [['Loss', '`0.5`']] },
        { progress: 0.25, note: 'step *1*' },
        { buttons: [{ label: 'Go', action: 'start-run', value: '7', style: 'primary' }] },
      ),
    );
    expect(message.thread).toEqual([]);
    expect(message.blocks.map(({ type }) => type)).toEqual(['header', 'rich_text', 'section', 'rich_text', 'actions']);
    const [, said, facts, progress, actions] = message.blocks as Json[];
    expect(said.elements[0].elements).toEqual([
      { type: 'text', text: 'Bold', style: { bold: true } },
      { type: 'text', text: ' ' },
      { type: 'user', user_id: 'U123' },
    ]);
    expect(facts.fields).toEqual([{ type: 'mrkdwn', text: '*Loss*\n`0.5`', verbatim: true }]);
    expect(readable([progress])).toContain('25 %');
    expect(actions.elements).toEqual([
      {
        type: 'button',
        text: { type: 'plain_text', text: 'Go', emoji: false },
        action_id: 'press:0:start-run',
        value: '7',
        style: 'primary',
      },
    ]);
    expect(message.text).toContain('<@U123>');
  });

  it('nothing that stands in a text can mention a channel or a person', () => {
    const message = slackMessage(
      card({ markdown: 'hi <!channel> <@U999> `<!here>` [@x](person:!channel) [@y](person:e12)' }, { facts: [['<!everyone>', '<@U999>']] }),
    );
    expect(JSON.stringify(message.blocks)).not.toContain('"user_id"');
    expect(JSON.stringify(message.blocks)).not.toContain('"broadcast"');
    for (const field of (message.blocks as Json[]).flatMap(({ fields = [] }) => fields)) expect(field.text).not.toMatch(/<[@!]/);
    expect(message.text).not.toMatch(/<[@!]/);
  });

  it('both sides of a comparison get the same room, and stand whole in the thread', () => {
    const parts: Part[] = [
      {
        columns: [
          { title: 'A', markdown: words(1500, 'a') },
          { title: 'B', markdown: words(1500, 'b') },
        ],
      },
      { markdown: 'Which is better?' },
      { buttons: ['A', 'B'].map(side => ({ label: side, action: 'vote', value: `7:${side}` })) },
    ];
    const message = slackMessage(card(...parts));
    const main = readable(message.blocks);
    const count = (letter: string) => main.match(new RegExp(`\\b${letter}\\d+`, 'g'))!.length;
    expect(count('a')).toBeGreaterThan(100);
    expect(Math.abs(count('a') - count('b'))).toBeLessThan(5);
    expect(main).toContain('Which is better?');
    expect(main.match(/The whole text is in the thread/g)).toHaveLength(2);
    const whole = readable(message.thread.flatMap(({ blocks }) => blocks)).split(/\s+/);
    for (const word of `${words(1500, 'a')} ${words(1500, 'b')}`.split(' ')) expect(whole).toContain(word);
  });

  it('which side is the base shows in no id, no value and no order', () => {
    const ids = (first: string, second: string) => {
      const { blocks } = slackMessage(
        card(
          {
            columns: [
              { title: 'A', markdown: first },
              { title: 'B', markdown: second },
            ],
          },
          { buttons: ['A', 'B', 'tie', 'bad'].map(choice => ({ label: choice, action: 'vote', value: `7:${choice}` })) },
        ),
      );
      return (blocks as Json[]).map(({ type, block_id, elements }) => [type, block_id, type === 'actions' && elements]);
    };
    expect(ids('from the base', 'from the tuned')).toEqual(ids('from the tuned', 'from the base'));
    expect(JSON.stringify(ids('x', 'y'))).not.toMatch(/base|tuned/);
  });

  it('a list of boxes comes in tens, ticked as it was, and a long label whole', () => {
    const items = Array.from({ length: 23 }, (_, i) => ({
      value: `C1/${i}`,
      label: i === 3 ? words(40, 'long') : `item ${i}`,
      checked: i % 2 === 0,
    }));
    const message = slackMessage(card({ checklist: { name: 'notes', items } }));
    const pages = (message.blocks as Json[]).filter(({ type }) => type === 'actions');
    expect(pages.map(({ elements: [boxes] }) => boxes.options.length)).toEqual([10, 10, 3]);
    expect(pages.flatMap(({ elements: [boxes] }) => boxes.initial_options.map(({ value }: Json) => value))).toEqual(
      items.filter(({ checked }) => checked).map(({ value }) => value),
    );
    expect(readable(message.blocks)).toContain(words(40, 'long'));
    const same = slackMessage(card({ markdown: 'more' }, { checklist: { name: 'notes', items } }));
    expect((same.blocks as Json[]).map(({ block_id }) => block_id).filter(Boolean)).toEqual(pages.map(({ block_id }) => block_id));
  });

  it('the curve is a picture with its sentence, or the sentence alone', () => {
    const curve = {
      train: [
        [1, 2],
        [2, 1],
      ] as [number, number][],
      heldout: [],
      alt: 'The loss falls.',
    };
    expect(slackMessage(card({ curve }), { picture: 'F1' }).blocks[1]).toEqual({
      type: 'image',
      slack_file: { id: 'F1' },
      alt_text: 'The loss falls.',
    });
    expect(readable(slackMessage(card({ curve })).blocks)).toContain('The loss falls.');
  });

  it('files are for the thread, and the message names each', () => {
    const files = ['examples.json', 'examples.jsonl'].map(name => ({ name, mime: 'application/json', text: '{}' }));
    const message = slackMessage(card(...files.map(file => ({ file }))));
    expect(message.files).toEqual(files);
    for (const { name } of files) expect(readable(message.blocks)).toContain(name);
  });

  it('what fits nowhere is refused with its part’s name', () => {
    const refused = (...parts: Part[]) => {
      try {
        slackMessage(card(...parts));
      } catch (error) {
        return error instanceof TooLong && error.part;
      }
    };
    expect(refused({ markdown: 'x'.repeat(200_000) })).toBe('markdown');
    expect(refused({ buttons: [{ label: 'x', action: 'a', value: 'v'.repeat(2001) }] })).toBe('buttons');
    expect(refused({ buttons: Array.from({ length: 200 }, () => ({ label: 'x'.repeat(75), action: 'a', value: 'v'.repeat(50) })) })).toBe(
      'buttons',
    );
    expect(refused({ checklist: { name: 'n', items: [{ value: 'v'.repeat(76), label: 'x', checked: true }] } })).toBe('checklist');
  });

  it('in Chinese it speaks Chinese, and a text alone is never empty nor too long', () => {
    const message = slackMessage(card({ markdown: words(5000) }), { lang: 'zh' });
    expect(readable(message.blocks)).toContain('全文在话题中');
    expect(readable(slackMessage(card({ markdown: words(5000) }), { below: true }).blocks)).toContain('in the next message');
    expect(textOnly({ title: '', parts: [] })).toBe('…');
    for (const sign of '<字🦜') expect(Buffer.byteLength(textOnly(card({ markdown: sign.repeat(5_000) })))).toBeLessThanOrEqual(4_000);
  });
});
