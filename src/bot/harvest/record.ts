// On record, for admins: a ✅ has made an example, or one is no longer learned from. Ids and counts, never text.
import type { StandingApproval } from '../../data/approvals.ts';
import { recordAudit } from '../../data/audit.ts';
import type { ChatExample } from '../../data/chat-examples.ts';
import type { Db } from '../../data/database.ts';
import type { ExampleState } from '../../data/example-states.ts';

/** Who was seen to take a ✅ back (the platform's ids), and the ✅ that stand for the text as it is now. */
type Seen = { withdrawn: string[]; standing: Pick<StandingApproval, 'ext' | 'at'>[] };

/** In the transaction that moves `example`, as it was before, to the state `now`. Where no person's ✅ did it (an edit, a deletion), it was the chat. */
export async function recordMove(tx: Db, example: ChatExample, now: ExampleState, { withdrawn, standing }: Seen): Promise<void> {
  const { id, no, workspace, state: before } = example;
  const kept = now === 'approved';
  if (!kept && before !== 'approved') return;
  const newest = standing.reduce<(typeof standing)[number] | undefined>((last, one) => (last && last.at >= one.at ? last : one), undefined);
  const actor = (kept ? newest?.ext : withdrawn[0]) ?? 'chat';
  const detail = { ids: { example: id }, approvals: standing.length };
  await recordAudit(tx, { workspace, actor, verb: kept ? 'keep' : 'let-go', object: `example ${no}`, detail });
}
