// Who may do what: the one table of it. What people say about themselves (opt out, forget me) and asking, voting and helping are everybody's.
import type { PersonRow } from '../../data/people.ts';
import { Refusal } from '../../problem.ts';
import type { Wanted } from '../asked.ts';
import { refuseUnlessAdmin } from './admin.ts';

export type Deed = keyof typeof LEAST;

/** The least role that may. `member`: everybody but guests and bots. */
const LEAST = {
  examples: 'member',
  show: 'member',
  exam: 'member',
  start: 'admin',
  cancel: 'admin',
  import: 'admin',
  export: 'admin',
  remove: 'admin',
  'language-everywhere': 'admin',
  on: 'admin',
  off: 'admin',
  approvers: 'admin',
  audit: 'admin',
  promote: 'admin',
  rollback: 'admin',
  unblock: 'admin',
  leaks: 'admin',
  admin: 'owner',
} as const satisfies Record<string, PersonRow['role']>;

/** The local chat guards nobody: whoever is in it was let in by its owner, and may teach, train and stop. */
const FREE_IN_LOCAL_CHAT: Deed[] = ['examples', 'show', 'start', 'cancel', 'import', 'export', 'remove', 'language-everywhere'];

const RANK: Record<PersonRow['role'], number> = { member: 0, admin: 1, owner: 2 };

/** `platform`: the chat's name for itself; `local` is the chat page that comes with the bot. */
export function mayDo({ role, guest, bot }: Pick<PersonRow, 'role' | 'guest' | 'bot'>, deed: Deed, platform: string): boolean {
  if (platform === 'local' && FREE_IN_LOCAL_CHAT.includes(deed)) return true;
  return !guest && !bot && RANK[role] >= RANK[LEAST[deed]];
}

/** Throws a Refusal that says who may. */
export async function refuseUnlessMay({ bot, person }: Pick<Wanted, 'bot' | 'person'>, deed: Deed): Promise<void> {
  if (mayDo(person, deed, bot.chat.platform)) return;
  if (LEAST[deed] === 'admin') await refuseUnlessAdmin(bot, person);
  throw new Refusal(LEAST[deed] === 'owner' ? 'gate.owner-only' : 'gate.no-guests');
}
