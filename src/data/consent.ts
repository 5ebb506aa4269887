// Consent: an author's words enter a dataset only after the author could have said no. Who has not, keeps an example out.
import { eq, sql } from 'drizzle-orm';
import type { Db } from './database.ts';
import { moveExample } from './example-states.ts';
import { holdRunsAndVersions } from './forget.ts';
import { examplesBehind, openRunOf } from './lineage.ts';
import { markSourcesDirty } from './messages.ts';
import { cancelUnbegun } from './runs.ts';
import { people, workspaces } from './schema.ts';

/**
 * `told`: 24 hours after the author was told, and not before the message has reached them. `asked`: after the author's yes.
 * `free`: at once, as in the local chat.
 */
export type ConsentRule = 'told' | 'asked' | 'free';

const TOLD = 'consent:';
/** The post in which a person is told that their words are kept: when it was sent counts. */
export const toldKey = (person: number): string => `${TOLD}${person}`;

/** Approved examples, by id, that no dataset may have yet: somebody who wrote a part of them has not agreed, as `rule` counts agreeing. */
export async function withoutConsent(db: Db, workspace: number, rule: ConsentRule): Promise<Set<number>> {
  const told = sql`exists (select 1 from posts t where t.workspace = e.workspace and t.key = ${TOLD} || p.id
    and t.sent_at <= now() - interval '24 hours')`;
  const silent = { free: sql`false`, told: sql`not ${told}`, asked: sql`true` }[rule];
  const { rows } = await db.execute<{ id: string }>(sql`
    select distinct e.id from examples e
    join example_sources s on s.example = e.id
    join messages m on m.id = s.message
    join people p on p.id = m.author
    where e.workspace = ${workspace} and e.state = 'approved'
      and (p.consent = 'out' or p.forgotten_at is not null or (p.consent = 'unset' and ${silent}))`);
  return new Set(rows.map(({ id }) => Number(id)));
}

/**
 * Until the end of the transaction nobody is forgotten, opts out or in, and no run starts: all of these hold the workspace's row. Whoever
 * will number something (`numbering`, nextNo) takes the stronger lock at once: two that held the weaker one would wait for each other.
 */
export async function holdConsents(tx: Db, workspace: number, numbering: boolean): Promise<void> {
  const row = tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspace));
  await row.for(numbering ? 'no key update' : 'share');
}

/**
 * The person agrees, or does not. What they wrote is judged anew: at once where it is to be let go of, else when its messages are looked at.
 * A run that has not begun to learn from it is cancelled (`stopped`): a no that comes before the learning is obeyed before it. One that
 * trains goes on, as the versions of before do, since its dataset was frozen while they had not objected; only forgetting reaches those.
 */
export async function setConsent(
  db: Db,
  person: { id: number; workspace: number },
  consent: 'in' | 'out',
): Promise<{ stopped?: { id: number; no: number } }> {
  return db.transaction(async tx => {
    // A run that is being started takes the workspace's lock, too: it sees all of this or nothing.
    await holdRunsAndVersions(tx, person.workspace);
    await tx.update(people).set({ consent }).where(eq(people.id, person.id));
    const own = await examplesBehind(tx, person.id);
    for (const { id, state, origin } of own) {
      if (consent === 'out') await moveExample(tx, id, 'retired', 'notAllowed');
      // A file's row has no message that a look could find it by.
      else if (origin === 'import' && state === 'retired') await reviveImport(tx, id);
    }
    const ids = own.map(({ id }) => id);
    await markSourcesDirty(tx, ids);
    const run = consent === 'out' && (await openRunOf(tx, ids));
    return { stopped: run ? await cancelUnbegun(tx, run.id, 'consent.run') : undefined };
  });
}

async function reviveImport(tx: Db, id: number): Promise<void> {
  const { rows } = await tx.execute(sql`select 1 from examples where id = ${id} and why = 'notAllowed'`);
  if (rows.length > 0) await moveExample(tx, id, 'approved');
}
