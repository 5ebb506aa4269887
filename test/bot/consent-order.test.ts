// In whatever order people approve, take back, edit, delete, say no or yes, are forgotten, and learning is switched off and on: the rows
// depend on the facts as they are, and nothing that was let go of is in a later dataset.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { learnableExamples } from '../../src/bot/consent/learnable.ts';
import { forgetForGood } from '../../src/bot/forget/forget.ts';
import { lookBeforeRun } from '../../src/bot/harvest/look.ts';
import { touched } from '../../src/bot/harvest/touched.ts';
import { setConsent } from '../../src/data/consent.ts';
import { findPerson } from '../../src/data/people.ts';
import { type Looking, openLooking } from '../support/looking.ts';

let t: Looking;
beforeAll(async () => {
  t = await openLooking();
});
afterAll(() => t?.close());

const TEXTS = ['Take the red key from the Yarrow box.', 'Ask Rosa for the Quillon key.'];
const OPS = [
  'approve',
  'take back',
  'edit',
  'delete',
  'asker out',
  'asker in',
  'author out',
  'author in',
  'off',
  'on',
  'forget',
  'start',
] as const;
type Op = (typeof OPS)[number];
const WEIGHTS: Partial<Record<Op, number>> = { approve: 6, start: 3, delete: 1, forget: 1, edit: 1 };
const op = fc.oneof(...OPS.map(what => ({ weight: WEIGHTS[what] ?? 2, arbitrary: fc.constant(what) })));

type Facts = { text: string; edited: boolean; approved: boolean; deleted: boolean; out: Set<string>; on: boolean; forgotten: boolean };
/** Everything that must hold for the answer to be learned, as it is now. */
const mayBeLearned = ({ approved, deleted, out, on, forgotten }: Facts): boolean =>
  approved && !deleted && out.size === 0 && on && !forgotten;

let made = 0;
/** Two people of their own, a question of the one and the answer of the other. */
async function conversation() {
  const names = { asker: `Asker${++made}`, author: `Author${made}` };
  await t.room.addPerson(names.asker);
  await t.room.addPerson(names.author);
  const channel = [...t.room.state.channels.values()].find(({ kind }) => kind === 'open')!.id;
  const say = async (name: string, text: string, thread?: string) => {
    const { entry } = await t.room.say(t.person(name), { channel, ...(thread && { thread }) }, text);
    return entry.kind === 'said' ? entry.message.id : '';
  };
  const id = await say(names.author, TEXTS[0], await say(names.asker, `Where is the key of boat ${made}?`));
  return { names, ref: { channel, id } };
}
type Talk = Awaited<ReturnType<typeof conversation>>;

/** The person as the bot knows them, or would. */
async function row(name: string) {
  const { db, workspace } = t.bot;
  const ext = t.person(name);
  return findPerson(db, workspace.id, ext);
}

async function happen({ names, ref }: Talk, what: Op, facts: Facts): Promise<void> {
  const { db } = t.bot;
  switch (what) {
    case 'approve':
    case 'take back':
      if (!facts.deleted) await t.react('Cy', ref.id, what === 'approve');
      facts.approved = what === 'approve';
      return;
    case 'edit':
      if (facts.deleted) return;
      facts.text = TEXTS[1 - TEXTS.indexOf(facts.text)];
      facts.edited = true;
      await t.room.edit(t.person(names.author), ref.id, facts.text);
      return;
    case 'delete':
      if (!facts.deleted) await t.room.remove(t.person(names.author), ref.id);
      facts.deleted = true;
      return;
    case 'off':
    case 'on':
      facts.on = what === 'on';
      await t.database.pool.query(`update channels set learn = $1, set_at = 'epoch'`, [what]);
      return;
    case 'start':
      return lookBeforeRun(t.bot);
    case 'forget': {
      const author = await row(names.author);
      if (!author || facts.forgotten) return;
      facts.forgotten = true;
      const event = { kind: 'action' as const, key: `forget-${made}`, at: new Date(), ref: { channel: ref.channel, id: 'm' }, fields: {} };
      return forgetForGood(t.bot, { ...event, action: 'forget-for-good', person: t.person(names.author), value: String(author.id) });
    }
    default: {
      const [who, word] = what.split(' ') as ['asker' | 'author', 'in' | 'out'];
      const person = await row(names[who]);
      if (!person) return;
      if (word === 'out') facts.out.add(who);
      else facts.out.delete(who);
      await setConsent(db, person, word);
    }
  }
}

/** What a run that starts now would be given of this answer. */
async function given({ ref }: Talk): Promise<string[]> {
  await lookBeforeRun(t.bot);
  const own = new Set((await t.rowsOf(ref.id)).map(({ id }) => id));
  const { rows } = await learnableExamples(t.bot);
  return rows.filter(({ example }) => own.has(example)).map(({ output }) => output);
}

it('what is learned follows the facts, whatever came first; a run is given nothing else; looking again changes nothing', async () => {
  let learned = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(op, fc.constantFrom(0, 1, 1, 2)), { minLength: 2, maxLength: 12 }), async steps => {
      await t.database.pool.query(`update channels set learn = 'on', set_at = 'epoch'`);
      const talk = await conversation();
      const facts: Facts = {
        text: TEXTS[0],
        edited: false,
        approved: false,
        deleted: false,
        out: new Set(),
        on: true,
        forgotten: false,
      };
      for (const [what, touches] of steps) {
        await happen(talk, what, facts);
        // A touch may be lost, and one may be told twice.
        for (let told = 0; told < touches; told++) await touched(t.bot, talk.ref);
        const rows = what === 'start' ? await given(talk) : [];
        // What was touched and lost is found by the look before a run, unless nothing told of it for an hour.
        if (what === 'start' && touches > 0 && !mayBeLearned(facts)) expect(rows).toEqual([]);
      }
      await touched(t.bot, talk.ref);
      const [example] = await t.rowsOf(talk.ref.id);
      const may = mayBeLearned(facts);
      if (may && !facts.edited) expect(example?.state).toBe('approved');
      if (!may && example) expect(['retired', 'erased', 'pending', 'stale']).toContain(example.state);
      if (facts.forgotten && example) expect([example.state, example.output || '']).toEqual(['erased', '']);
      const rows = await given(talk);
      expect(rows).toEqual(example?.state === 'approved' ? [facts.text] : []);
      if (rows.length > 0) expect(may).toBe(true);
      expect(t.receipt(talk.ref.id)).toBe(rows.length > 0);
      await touched(t.bot, talk.ref);
      expect((await t.rowsOf(talk.ref.id))[0]).toEqual(example);
      if (rows.length > 0) learned++;
      else if (example) refused++;
    }),
    {
      numRuns: 40,
      examples: [
        [
          [
            ['approve', 1],
            ['author out', 0],
            ['author in', 1],
          ] as [Op, number][],
        ],
        [
          [
            ['approve', 1],
            ['off', 1],
            ['take back', 1],
            ['approve', 1],
            ['on', 1],
          ] as [Op, number][],
        ],
        [
          [
            ['approve', 1],
            ['author out', 1],
            ['take back', 1],
            ['approve', 1],
            ['author in', 1],
          ] as [Op, number][],
        ],
        [
          [
            ['approve', 2],
            ['delete', 0],
            ['forget', 0],
            ['approve', 0],
          ] as [Op, number][],
        ],
        [
          [
            ['approve', 1],
            ['forget', 0],
            ['approve', 2],
          ] as [Op, number][],
        ],
      ],
    },
  );
  // The property is about something only if both happened.
  expect(learned).toBeGreaterThan(3);
  expect(refused).toBeGreaterThan(3);
}, 240_000);
