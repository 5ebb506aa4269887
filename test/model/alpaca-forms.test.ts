// Files of examples that nobody thought of: what is written in any accepted form comes back, and what is broken never throws.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRows } from '../../src/model/alpaca.ts';

const text = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter(value => value.trim() !== '' && !/\0|\p{Cs}|\r|\uFDD0|\uFDD1/u.test(value));
const row = fc.record({ instruction: text, input: fc.oneof(fc.constant(''), text), output: text });
const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: value => JSON.stringify(value).replace(/\s|\\[nrt]/gu, '') });
const forms: ((list: unknown[]) => string)[] = [
  list => JSON.stringify(list),
  list => JSON.stringify(list, null, '\t'),
  list => list.map(value => JSON.stringify(value)).join('\n'),
  list => list.map(value => JSON.stringify(value, null, 2)).join('\n\n'),
  list => `[${list.map(value => JSON.stringify(value).replaceAll('\\n', '\n').replaceAll('\\t', '\t')).join(',\n')}\n,]`,
];

test('every form gives back what was written', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(...forms), (list, form) => {
      const read = readRows(form(list));
      expect(read.problems).toEqual([]);
      const plain = list.map(value => Object.fromEntries(Object.entries(value).map(([key, said]) => [key, said.trim()])));
      expect(read.rows.map(({ instruction, input, output }) => ({ instruction, input, output }))).toEqual(plain);
    }),
  );
});

test('a file that is cut off anywhere never throws, and a list that is cut off gives no row', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(forms[0], forms[1]), fc.double({ min: 0, max: 0.999, noNaN: true }), (list, form, where) => {
      const whole = form(list);
      const read = readRows(whole.slice(0, Math.floor(whole.length * where)));
      expect(read.rows).toEqual([]);
      expect(read.problems.length).toBeGreaterThan(0);
    }),
  );
});

test('noise never throws and is never silently empty', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', 'a', '\n', ' '), maxLength: 40 }),
      ),
      noise => {
        const { rows: kept, problems } = readRows(noise);
        expect(kept.length + problems.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});
