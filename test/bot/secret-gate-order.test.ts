// In whatever order people approve, take back, edit, agree and refuse: no revision ever holds a secret, and a masked text counts only by
// the word of somebody whose ✅ stands.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act } from '../../src/bot/actions.ts';
import { touched } from '../../src/bot/harvest/touched.ts';
import type { Pressed } from '../../src/bot/reply.ts';
import { type Looking, openLooking } from '../support/looking.ts';

let t: Looking;
beforeAll(async () => {
  t = await openLooking();
});
afterAll(() => t?.close());

const NAMES = ['Ann', 'Cy'] as const;
type Name = (typeof NAMES)[number];
const CLEAN = 'Take the red key.';
/** As it is said, and as it may be kept. */
const SECRETS: Record<string, string> = {
  'Ask jo.kite@quay-mail.io for it.': 'Ask {EMAIL} for it.',
  'It is on 203.0.113.77, ask jo.kite@quay-mail.io.': 'It is on {IP}, ask {EMAIL}.',
};
const TEXTS = [CLEAN, ...Object.keys(SECRETS)];
type Op = { do: 'approve' | 'take back' | 'keep-masked' | 'drop-masked'; by: Name } | { do: 'edit'; to: string };
const op: fc.Arbitrary<Op> = fc.oneof(
  fc.record({ do: fc.constantFrom('approve' as const, 'take back' as const), by: fc.constantFrom<Name>(...NAMES) }),
  fc.record({ do: fc.constantFrom('keep-masked' as const, 'drop-masked' as const), by: fc.constantFrom<Name>(...NAMES) }),
  fc.record({ do: fc.constant('edit' as const), to: fc.constantFrom(...TEXTS) }),
);

let presses = 0;
/** The newest card of that person about that answer, if there is one; whether the person was asked at all. */
async function press(id: string, by: Name, action: string): Promise<boolean> {
  const [example] = await t.rowsOf(id);
  const { rows } = await t.database.pool.query<{ value: string }>(
    `select part->'buttons'->0->>'value' as value from posts, jsonb_array_elements(body->'parts') part
     where key like 'masked:' || $1 || ':%' and recipient->>'person' = $2 and part ? 'buttons' order by id desc limit 1`,
    [example?.id ?? 0, t.person(by)],
  );
  if (rows.length === 0) return false;
  const ref = { channel: t.bot.workspace.team, id };
  const event = {
    kind: 'action',
    key: `press-${presses++}`,
    at: new Date(),
    person: t.person(by),
    ref,
    action,
    value: rows[0].value,
    fields: {},
  };
  await act(t.bot, event as Pressed);
  return true;
}

it('no revision holds a secret; a masked text is approved only while somebody who agreed to it has a ✅ on it', async () => {
  const agree: Op[] = [
    { do: 'edit', to: TEXTS[1] },
    { do: 'approve', by: 'Ann' },
    { do: 'keep-masked', by: 'Ann' },
  ];
  let agreedTo = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 3, maxLength: 12 }), async steps => {
      const ref = await t.answer(TEXTS[0]);
      let text = TEXTS[0];
      const approves = new Set<Name>();
      /** Who agreed to which text: back in place, a text that was kept counts again. */
      let agreed: [Name, string][] = [];
      const takesBack = (name: Name) => {
        agreed = agreed.filter(([by]) => by !== name);
      };
      for (const step of steps) {
        if (step.do === 'edit') {
          await t.edit(ref.id, step.to);
          text = step.to;
        } else if (step.do === 'approve' || step.do === 'take back') {
          await t.react(step.by, ref.id, step.do === 'approve');
          if (step.do === 'approve') approves.add(step.by);
          else {
            approves.delete(step.by);
            takesBack(step.by);
          }
        } else {
          const pressed = await press(ref.id, step.by, step.do);
          if (pressed && step.do === 'keep-masked' && approves.has(step.by)) agreed.push([step.by, text]);
          if (step.do === 'drop-masked') takesBack(step.by);
        }
        await touched(t.bot, ref);
        const [row] = await t.rowsOf(ref.id);
        const { rows } = await t.database.pool.query(
          `select output from example_revisions where output like '%quay-mail%' or output like '%203.0%'`,
        );
        expect(rows).toEqual([]);
        if (row?.state !== 'approved' || text === CLEAN) continue;
        expect([row.output, agreed.some(([, to]) => to === text)]).toEqual([SECRETS[text], true]);
        agreedTo++;
      }
    }),
    { numRuns: 40, examples: [[agree]] },
  );
  expect(agreedTo).toBeGreaterThan(0);
}, 180_000);
