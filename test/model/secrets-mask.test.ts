// What is kept of a message with secrets: the same text with placeholders, or nothing and the reason.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSecrets } from '../../src/model/secrets/find.ts';
import { maskSecrets } from '../../src/model/secrets/mask.ts';
import { say } from '../../src/words/words.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import { MAKERS, VALID } from '../bench/made-up.ts';

const masked = (...texts: string[]): string[] => {
  const result = maskSecrets(texts);
  if ('refused' in result) throw new Error(result.refused.code);
  return result.texts;
};

test('a placeholder says what stood there, in both languages, and the counts say how many', () => {
  expect(maskSecrets(['Write to jo@quay.io or call 13812345678.', '', '密码是Admin@2024，服务器10.0.0.9'])).toEqual({
    texts: ['Write to {EMAIL} or call {PHONE}.', '', '密码是{PASSWORD}，服务器{IP}'],
    counts: { email: 1, phone: 1, password: 1, ip: 1 },
  });
});

test('the same value has the same placeholder in every part of an example; another value has another', () => {
  expect(masked('Is jo@quay.io out?', '', 'Yes, ask ann@quay.io, JO@quay.io is back on Monday.')).toEqual([
    'Is {EMAIL} out?',
    '',
    'Yes, ask {EMAIL-B}, {EMAIL} is back on Monday.',
  ]);
  const many = Array.from({ length: 30 }, (_, at) => `p${at}@quay.io`).join(' ');
  expect(masked(`to ${many}`)[0]).toMatch(/^to \{EMAIL\} \{EMAIL-B\} .*\{EMAIL-Z\} \{EMAIL-AA\} .*\{EMAIL-AD\}$/);
});

test('an address with a password still says where it leads', () => {
  expect(masked('DATABASE_URL=postgres://kite:t1de-Gate@db.internal:5432/kite')).toEqual([
    'DATABASE_URL=postgres://kite:{PASSWORD}@db.internal:5432/kite',
  ]);
});

test('a text without secrets comes back as it was', () => {
  const text = 'Use `kite ship`.\n1. Stage: `kite ship NAME`\nOwner: Ana, #ship';
  expect(maskSecrets([text])).toEqual({ texts: [text], counts: {} });
});

test('a private key that was cut refuses the whole example, with a reason in both languages', () => {
  const result = maskSecrets(['How?', '', `Like this: ${MAKERS.pemCut(seededRandom(3))}`]);
  expect(result).toEqual({ refused: { code: 'secrets.privateKeyCut', values: {} }, counts: { 'private-key': 1 } });
  expect(say('en', 'secrets.privateKeyCut')).toMatch(/private key .* cut off/);
  expect(say('zh', 'secrets.privateKeyCut')).toContain('不完整的私钥');
});

test('an answer that is nothing but a secret is refused: there would be nothing to learn', () => {
  expect(maskSecrets(['Token?', '', MAKERS.githubClassic(seededRandom(5))])).toEqual({
    refused: { code: 'secrets.nothingElse', values: {} },
    counts: { key: 1 },
  });
});

test('what only shows once its neighbour is masked is masked, too', () => {
  expect(masked('Mole-307-Ana是DE27 1016 6210 5104 7237 97密码，记下')).toEqual(['{PASSWORD}是{IBAN}密码，记下']);
});

const WORDS = [
  'password',
  'is',
  'the',
  'token:',
  '密码',
  '是',
  '电话',
  'key',
  '=',
  '/',
  ' ',
  '，',
  '\n',
  '"',
  'ssh',
  'v',
  '2024',
  'Ana',
  '请',
  '@',
  ':',
  '(',
  ')',
  '-',
];
const value = fc
  .record({ kind: fc.constantFrom(...Object.keys(VALID)), seed: fc.integer(), turn: fc.nat() })
  .map(({ kind, seed, turn }) => VALID[kind][turn % VALID[kind].length](seededRandom(seed)));
const message = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), value, fc.string({ unit: 'grapheme', maxLength: 12 })), { maxLength: 14 })
  .map(parts => parts.join(' '));

const PLACEHOLDER = /\{(?:EMAIL|PHONE|CARD|ID|IBAN|IP|KEY|PASSWORD|PRIVATE_KEY)(?:-[A-Z]+)?\}/g;
const bare = (text: string): string =>
  findSecrets(text).reduceRight((rest, { start, end }) => `${rest.slice(0, start)}{}${rest.slice(end)}`, text);

test('after masking nothing is found any more, and outside the finds no character has changed', () => {
  fc.assert(
    fc.property(message, text => {
      const result = maskSecrets([text]);
      if ('refused' in result) return;
      const [kept] = result.texts;
      expect(findSecrets(kept)).toEqual([]);
      const once = bare(text);
      // Where masking makes a new find appear, a second round masks that, too: then only the order of what is left can be compared.
      if (findSecrets(once).length === 0) expect(kept.replace(PLACEHOLDER, '{}')).toBe(once);
      let read = 0;
      for (const piece of kept.split(PLACEHOLDER)) {
        const at = text.indexOf(piece, read);
        expect(at, `"${piece}" stands in the message`).toBeGreaterThanOrEqual(0);
        read = at + piece.length;
      }
    }),
    { numRuns: 500 },
  );
});

test('finds are in order, do not overlap, and lie inside the text', () => {
  fc.assert(
    fc.property(message, text => {
      let read = 0;
      for (const { start, end } of findSecrets(text)) {
        expect(start).toBeGreaterThanOrEqual(read);
        expect(end).toBeGreaterThan(start);
        read = end;
      }
      expect(read).toBeLessThanOrEqual(text.length);
    }),
  );
});
