// A bot that looks only when the test tells it to: a real room and a real Postgres, and no loop of the bot's own.
import type { Bot } from '../../src/bot/bot.ts';
import { openLocalChat } from '../../src/chat/local/local.ts';
import { ensureWorkspace } from '../../src/data/workspaces.ts';
import { testDatabase } from './postgres.ts';
import { openTestRoom } from './room.ts';

/** Ann and Cy approve, Ben answers. `close()` it in afterAll. */
export async function openLooking() {
  const database = await testDatabase();
  const test = await openTestRoom();
  const { room, team, person } = test;
  await room.addPerson('Cy');
  const bot: Bot = {
    db: database.db,
    chat: openLocalChat(room),
    workspace: await ensureWorkspace(database.db, 'local', room.state.room),
    lang: 'en',
    splitKey: 'key',
    wake: async () => {},
    ended: () => undefined,
    report: problem => {
      throw problem;
    },
  };
  const said = async (name: string, text: string, thread?: string) => {
    const { entry } = await room.say(person(name), { ...team, ...(thread && { thread }) }, text);
    return entry.kind === 'said' ? entry.message.id : '';
  };
  return {
    database,
    room,
    bot,
    person,
    /** A question of Ann's in the room, and Ben's answer in its thread. */
    async answer(text: string): Promise<{ channel: string; id: string }> {
      return { ...team, id: await said('Ben', text, await said('Ann', 'Where is the key?')) };
    },
    react: (name: string, id: string, on = true) => room.react(person(name), id, '✅', on),
    edit: (id: string, text: string) => room.edit(person('Ben'), id, text),
    remove: (id: string) => room.remove(person('Ben'), id),
    receipt: (id: string) => Boolean(room.state.messages.get(id)?.reactions.kept),
    /** The example whose answer is that message, its text and its approvals. */
    async rowsOf(id: string): Promise<{ id: number; no: number; state: string; output: string | null }[]> {
      const { rows } = await database.pool.query(
        `select e.id::int, e.no, e.state, r.output, e.revision,
           (select json_agg(json_build_array(a.person, a.revision, a.withdrawn_at is null) order by a.person)
            from approvals a where a.example = e.id) as approvals
         from examples e join messages m on m.id = e.answer
         left join example_revisions r on r.example = e.id and r.n = e.revision where m.ext = $1`,
        [id],
      );
      return rows;
    },
    async close() {
      await test.remove();
      await database.close();
    },
  };
}

export type Looking = Awaited<ReturnType<typeof openLooking>>;
