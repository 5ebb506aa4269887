// In whatever order people approve, take back, edit and delete, and however often the bot is told of it: the rows follow what it saw.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { touched } from '../../src/bot/harvest/touched.ts';
import { type Looking, openLooking } from '../support/looking.ts';

let t: Looking;
beforeAll(async () => {
  t = await openLooking();
});
afterAll(() => t?.close());

const NAMES = ['Ann', 'Cy'] as const;
/** The first and the second say the same, and so do the third and the fourth. */
const TEXTS = ['Take the red key.', 'Take the  red key', 'Take the blue key.', 'Take the blue key', 'Ask Rosa.'];
const sense = (text: string) => TEXTS.indexOf(text) >> 1;

type Name = (typeof NAMES)[number];
type Op = { do: 'approve' | 'take back'; by: Name } | { do: 'edit'; to: string } | { do: 'delete' };
const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('approve' as const, 'take back' as const), by: fc.constantFrom<Name>(...NAMES) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), to: fc.constantFrom(...TEXTS) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'delete' as const }) },
);

/** Edited and approved by somebody else before the bot looks: nobody knows what that somebody approved. */
const editUnseen: [Op, number][] = [
  [{ do: 'approve', by: 'Cy' }, 1],
  [{ do: 'edit', to: TEXTS[4] }, 0],
  [{ do: 'approve', by: 'Ann' }, 1],
];
/** The same, and then the approved text is back, with only that unclear ✅ on it. */
const editUndone: [Op, number][] = [...editUnseen, [{ do: 'edit', to: TEXTS[0] }, 0], [{ do: 'take back', by: 'Cy' }, 1]];

type Facts = { text: string; by: Name[]; deleted: boolean };
type Expected = { state: string; output: string | null } | undefined;

/** What the rules say of an answer that was looked at when it was like this, and this, and this. */
function expectedAfter(looks: Facts[]): Expected {
  let known: { n: number; text: string; seen: string; of: Map<Name, number>; state: string } | undefined;
  for (const { text, by, deleted } of looks) {
    if (!known && (deleted || by.length === 0)) continue;
    if (deleted) {
      known!.state = 'retired';
      continue;
    }
    known ??= { n: 0, text: '', seen: text, of: new Map(), state: '' };
    const same = known.n > 0 && sense(text) === sense(known.text);
    const target = same ? known.n : known.n + 1;
    // Edited since the look before, into something that was not approved: a ✅ that is new now may be older than the edit.
    const unclear = !same && sense(text) !== sense(known.seen);
    for (const name of NAMES) {
      if (!by.includes(name)) known.of.delete(name);
      else if (!known.of.has(name)) known.of.set(name, unclear ? 0 : target);
    }
    known.seen = text;
    const approved = [...known.of.values()].includes(target);
    known.state = approved ? 'approved' : known.of.size === 0 ? 'retired' : same ? 'pending' : 'stale';
    if (!approved) continue;
    const silent = same && text !== known.text;
    if (silent) for (const [name, n] of known.of) if (n === known.n) known.of.set(name, n + 1);
    known.n = silent ? known.n + 1 : target;
    known.text = text;
  }
  return known && { state: known.state, output: known.text };
}

async function happen(id: string, what: Op, facts: Facts): Promise<Facts> {
  if (facts.deleted) return facts;
  switch (what.do) {
    case 'edit':
      await t.edit(id, what.to);
      return { ...facts, text: what.to };
    case 'delete':
      await t.remove(id);
      return { ...facts, deleted: true };
    default: {
      const on = what.do === 'approve';
      await t.react(what.by, id, on);
      const others = facts.by.filter(name => name !== what.by);
      return { ...facts, by: on ? [...others, what.by] : others };
    }
  }
}

it('the rows are what the looks say; a look more changes nothing, and the receipt stands exactly on what is learned', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(op, fc.constantFrom(0, 1, 1, 2)), { minLength: 1, maxLength: 14 }), async steps => {
      const ref = await t.answer(TEXTS[0]);
      const { id } = ref;
      let facts: Facts = { text: TEXTS[0], by: [], deleted: false };
      const looks: Facts[] = [];
      for (const [what, touches] of steps) {
        facts = await happen(id, what, facts);
        // A touch may be lost, and one may be told twice.
        for (let told = 0; told < touches; told++) await touched(t.bot, ref);
        if (touches > 0) looks.push(facts);
      }
      await touched(t.bot, ref);
      looks.push(facts);
      const rows = await t.rowsOf(id);
      const expected = expectedAfter(looks);
      expect(rows).toEqual(expected ? [expect.objectContaining(expected)] : []);
      const approved = rows[0]?.state === 'approved';
      if (approved) expect([rows[0].output, facts.by.length > 0, facts.deleted]).toEqual([facts.text, true, false]);
      expect(t.receipt(id)).toBe(approved);
      await touched(t.bot, ref);
      expect(await t.rowsOf(id)).toEqual(rows);
    }),
    { numRuns: 40, examples: [[editUnseen], [editUndone]] },
  );
}, 180_000);
