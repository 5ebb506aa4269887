// The newcomer's path: in the local chat nobody is asked for a code, a switch, an admin or an operator's word.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/room.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';

let t: Teaching;
beforeAll(async () => {
  t = await openTeaching({ platform: 'local', trainingAllowed: false });
});
afterAll(() => t?.close());

const roles = async () => (await t.database.pool.query(`select name, role from people where role <> 'member'`)).rows;

it('a ✅ is learned, a file is kept, and a run starts, whoever does it and whenever; the first who speaks to the bot is the owner', async () => {
  const asked = await t.said('Ben', 'Where is the ladder?');
  const answer = await t.said('Cy', 'Behind the shed, on two hooks.', { thread: asked });
  await t.react('Ben', answer);
  await t.settled();
  expect(await t.example(answer)).toMatchObject({ state: 'approved' });

  const kept = Array.from({ length: 14 }, (_, i) => ({ instruction: `Where is part ${i}?`, input: '', output: `In box ${i}.` }));
  const file = await t.room.keepFile('parts.json', 'application/json', Buffer.from(JSON.stringify(kept)));
  await t.room.say(t.person('Ben'), { channel: t.idOf('team') }, '', [file]);
  await until(() => t.posts(/I keep 14 new examples/).length === 1, 'the file to be kept');
  expect(await roles()).toEqual([{ name: 'Ben', role: 'owner' }]);

  await t.said('Cy', '/finetune start');
  await until(() => t.posts(/Run 1/).length > 0, 'the run');
  await t.said('Ann', '/finetune cancel');
  await until(() => t.posts(/cancelled/).length > 0, 'the run to stop');
  expect(t.codes).toEqual([]);
  const everything = [...t.room.state.messages.values()].map(({ card }) => JSON.stringify(card ?? '')).join();
  expect(everything).not.toMatch(/claim|TRAINING_ALLOWED|Only an admin|Only the owner|finetune on/);
});

it('what holds for all is the owner’s there, too: to switch a channel off and on, and to name admins', async () => {
  const refused = (name: string, pattern: RegExp) => until(() => t.told(name).some(told => pattern.test(told)), `${name} to be refused`);
  await t.said('Cy', '/finetune off');
  await refused('Cy', /Only an admin can decide that: Ben/);
  await t.said('Cy', '/finetune admin @Cy');
  await refused('Cy', /Only the owner/);
  await t.said('Cy', '/finetune claim 22222-22222');
  await refused('Cy', /There is an owner already/);
  await t.said('Ben', '/finetune off');
  await until(() => t.posts(/Ben switched off learning/).length === 1, 'off');
  await t.settled();
  expect((await t.rows())[0]).toMatchObject({ state: 'retired', why: 'notAllowed' });
  await t.said('Ben', '/finetune on');
  await until(() => t.posts(/Ben switched on learning/).length === 1, 'on');
  await t.settled();
  expect((await t.rows())[0]).toMatchObject({ state: 'approved' });
});
