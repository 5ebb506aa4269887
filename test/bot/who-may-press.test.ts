// Every verb and every button there is, tried by a guest, a member, an admin and the owner of a team's chat: who may not is told so and changes nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTIONS } from '../../src/bot/actions.ts';
import { VERBS, type Verb } from '../../src/bot/commands.ts';
import { handle } from '../../src/bot/handle.ts';
import { rememberPerson } from '../../src/data/people.ts';
import { Refusal } from '../../src/problem.ts';
import { type Looking, openLooking } from '../support/looking.ts';

const ROLES = ['guest', 'member', 'admin', 'owner'] as const;
type Role = (typeof ROLES)[number];
/** Whoever comes later in ROLES may, too. */
type Least = Role;

/** What is said, and the least role that is not refused for being who they are. `all`: in a form that changes something for everybody. */
const SAID: Record<Verb, [text: string, least: Least][]> = {
  home: [['', 'guest']],
  start: [['start', 'admin']],
  cancel: [['cancel', 'admin']],
  status: [['status', 'guest']],
  list: [['list', 'guest']],
  show: [['show v1', 'member']],
  try: [['try base Where is it?', 'guest']],
  close: [['close', 'guest']],
  promote: [['promote v1', 'admin']],
  rollback: [['rollback', 'admin']],
  unblock: [['unblock v1', 'admin']],
  leaks: [['leaks v1', 'admin']],
  exam: [
    ['exam', 'member'],
    ['exam remove 9', 'member'],
  ],
  examples: [['examples', 'member']],
  remove: [['remove 99', 'admin']],
  export: [['export', 'admin']],
  mine: [['mine', 'guest']],
  optout: [['optout', 'guest']],
  optin: [['optin', 'guest']],
  forget: [
    ['forget me', 'guest'],
    ['forget @Ben', 'admin'],
  ],
  language: [
    ['language en', 'guest'],
    ['language workspace en', 'admin'],
  ],
  on: [['on', 'admin']],
  off: [['off', 'admin']],
  approvers: [
    ['approvers', 'guest'],
    ['approvers anyone', 'admin'],
  ],
  admin: [['admin @Cy', 'owner']],
  unadmin: [['unadmin @Cy', 'owner']],
  claim: [['claim AAAAA-AAAAA', 'guest']],
  audit: [['audit', 'admin']],
  help: [['help', 'guest']],
};

/** Its value, and the least role. A button that is somebody's own (a draft, a ✅, a question) asks for that person, not for a role. */
const PRESSED: Record<string, [value: string, least: Least]> = {
  'approve-edit': ['99', 'guest'],
  'better-answer': ['99', 'guest'],
  'edit-report': ['99:A', 'guest'],
  consent: ['in', 'guest'],
  forget: ['', 'guest'],
  'forget-for-good': ['BEN', 'admin'],
  'forget-not': ['', 'guest'],
  'drop-imported': ['1-9', 'guest'],
  'drop-masked': ['99:0123456789abcdef', 'guest'],
  'keep-masked': ['99:0123456789abcdef', 'guest'],
  export: ['', 'admin'],
  'make-champion': ['1', 'admin'],
  'not-now': ['propose:0', 'admin'],
  'show-audit': ['1', 'admin'],
  'show-examples': ['1', 'member'],
  'show-version': ['1', 'member'],
  'start-run': ['', 'admin'],
  'start-with': ['', 'admin'],
  'launch-run': ['99', 'admin'],
  'cancel-run': ['99', 'admin'],
  'show-rows': ['99', 'member'],
  'take-back': ['1', 'admin'],
  unblock: ['1', 'admin'],
  explain: ['loss', 'guest'],
  vote: ['99:A', 'guest'],
  'weekly-cancel': ['x', 'guest'],
  'weekly-write': ['x', 'guest'],
  'reason-structure': ['99:structure', 'guest'],
  'reason-wording': ['99:wording', 'guest'],
  'reason-facts': ['99:facts', 'guest'],
  'reason-length': ['99:length', 'guest'],
  'which-question': ['[]', 'guest'],
};

let t: Looking;
let channel: string;
let ben: number;
let said = 0;
beforeAll(async () => {
  t = await openLooking();
  t.bot = { ...t.bot, chat: { ...t.bot.chat, platform: 'slack' } };
  await t.database.pool.query(`update workspaces set training_allowed_at = now(), training_allowed_by = 'x'`);
  t.bot.workspace = { ...t.bot.workspace, trainingAllowedAt: new Date(), trainingAllowedBy: 'x' };
  channel = [...t.room.state.channels.values()].find(({ kind }) => kind === 'open')!.id;
  for (const role of ROLES) {
    await t.room.addPerson(role, { guest: role === 'guest' });
    const ext = t.person(role);
    await rememberPerson(t.bot.db, t.bot.workspace.id, { ext, name: role, guest: role === 'guest' });
    await t.database.pool.query('update people set role = $2 where ext = $1', [ext, role === 'guest' ? 'member' : role]);
  }
  ben = (await rememberPerson(t.bot.db, t.bot.workspace.id, { ext: t.person('Ben'), name: 'Ben' })).id;
  await rememberPerson(t.bot.db, t.bot.workspace.id, { ext: t.person('Cy'), name: 'Cy' });
});
afterAll(() => t?.close());

const BY_ROLE = ['admin.only', 'gate.no-guests', 'gate.owner-only'];

/** The code of the refusal that is about who somebody is; undefined where they may, whatever else comes of it. */
async function refused(event: object): Promise<string | undefined> {
  const base = { key: `k-${++said}`, at: new Date() };
  try {
    await handle(t.bot, { ...base, ...event } as never);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    const { code } = problem.problem;
    return BY_ROLE.includes(code) ? code : undefined;
  }
}
const says = (role: Role, text: string) =>
  refused({ kind: 'message', person: t.person(role), place: { channel }, text: `/finetune ${text}`, files: [] });
const presses = (role: Role, action: string, value: string) =>
  refused({
    kind: 'action',
    person: t.person(role),
    ref: { channel, id: 'm' },
    action,
    value: value.replace('BEN', String(ben)),
    fields: {},
  });

/** All that only somebody with a role may change. */
async function standing() {
  const { rows } =
    await t.database.pool.query(`select (select json_agg(w order by id) from workspaces w) w, (select json_agg(c order by id) from channels c) c,
    (select json_agg(json_build_array(id, role, forgotten_at) order by id) from people) p, (select json_agg(r order by id) from runs r) r,
    (select json_agg(e order by id) from examples e) e, (select json_agg(v order by id) from versions v) v, (select count(*) from audit) a`);
  return rows;
}

const mayBe = (role: Role, least: Least) => ROLES.indexOf(role) >= ROLES.indexOf(least);
const spoken = Object.values(SAID).flat();

describe('in a team’s chat', () => {
  it('every verb and every button stands in these tables', () => {
    expect(Object.keys(SAID).sort()).toEqual([...VERBS].sort());
    expect(Object.keys(PRESSED).sort()).toEqual(Object.keys(ACTIONS).sort());
  });

  // From those who may the least to the owner: what an admin does comes after it was seen that a member could not.
  describe.each(ROLES)('a %s', role => {
    it.each(spoken)('says /finetune %s (least: %s)', async (text, least) => {
      const before = mayBe(role, least) ? undefined : await standing();
      const code = await says(role, text);
      expect(code === undefined).toBe(mayBe(role, least));
      if (before) expect(await standing()).toEqual(before);
    });

    it.each(Object.entries(PRESSED).map(([action, [value, least]]) => [action, least, value] as const))(
      'presses %s (least: %s)',
      async (action, least, value) => {
        const before = mayBe(role, least) ? undefined : await standing();
        const code = await presses(role, action, value);
        expect(code === undefined).toBe(mayBe(role, least));
        if (before) expect(await standing()).toEqual(before);
      },
    );
  });
});
