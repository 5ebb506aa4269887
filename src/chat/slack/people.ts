// The people of the workspace: their names, their languages, and who of them is a guest. Remembered for a while.
import type { Lang } from '../../words/words.ts';
import { bounded } from '../bounded.ts';
import type { Person } from '../chat.ts';
import type { Calls } from './calls.ts';
import type { Me } from './message.ts';

const REMEMBER_MS = 10 * 60_000;
const PAGE = 200;

type SlackUser = {
  id: string;
  team_id?: string;
  /** of somebody in an Enterprise Grid */
  enterprise_user?: { enterprise_id?: string };
  name?: string;
  real_name?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
  tz?: string;
  locale?: string;
  profile?: { display_name?: string; real_name?: string };
};

/** Whose bot this is. */
type Us = Pick<Me, 'team' | 'enterprise'>;

export type People = {
  /** Throws Gone for one that nobody has. */
  person(id: string): Promise<Person>;
  /** The language of somebody who was asked for lately, if we write it. */
  langOf(id: string): Lang | undefined;
  /** Ids of all guests of the workspace. */
  guests(): Promise<Set<string>>;
};

export function openPeople({ apiCall }: Calls, us: Us): People {
  const known = bounded<string, Promise<Person>>(5_000, REMEMBER_MS);
  const langs = bounded<string, string>(5_000);
  const guests = bounded<'guests', Promise<Set<string>>>(1, REMEMBER_MS);

  function person(id: string): Promise<Person> {
    const there = known.get(id);
    if (there) return there;
    const asked = apiCall<{ user: SlackUser }>('users.info', { user: id, include_locale: true }).then(({ user }) => personOf(user, us));
    known.set(id, asked);
    asked.then(
      ({ lang, guest }) => {
        if (lang) langs.set(id, lang);
        // Newer than the list of all.
        if (guest)
          guests.get('guests')?.then(
            all => all.add(id),
            () => {},
          );
      },
      () => known.delete(id),
    );
    return asked;
  }

  async function allGuests(): Promise<Set<string>> {
    const found = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await apiCall<{ members?: SlackUser[]; response_metadata?: { next_cursor?: string } }>('users.list', {
        limit: PAGE,
        ...(cursor && { cursor }),
      });
      for (const user of page.members ?? []) if (isGuest(user, us) && !user.deleted) found.add(user.id);
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor);
    return found;
  }

  return {
    person,
    langOf(id) {
      const lang = langs.get(id);
      return lang === 'en' || lang === 'zh' ? lang : undefined;
    },
    guests() {
      const there = guests.get('guests');
      if (there) return there;
      const asked = allGuests();
      guests.set('guests', asked);
      asked.catch(() => guests.delete('guests'));
      return asked;
    },
  };
}

/** Guests, and people of other companies: in a shared channel (Slack Connect) Slack tells these apart by their team alone, `is_stranger` is for those elsewhere. */
const isGuest = (user: SlackUser, us: Us) =>
  Boolean(user.is_restricted || user.is_ultra_restricted || user.is_stranger || isElsewhere(user, us));

/** Of another team, and not of another workspace of our own organisation (Enterprise Grid). */
function isElsewhere({ team_id, enterprise_user }: SlackUser, { team, enterprise }: Us): boolean {
  if (team_id === undefined || team_id === team) return false;
  return enterprise === undefined || (team_id !== enterprise && enterprise_user?.enterprise_id !== enterprise);
}

function personOf(user: SlackUser, us: Us): Person {
  const name = user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || user.id;
  const lang = user.locale?.split(/[-_]/)[0];
  return {
    id: user.id,
    name,
    ...(lang && { lang }),
    ...(user.tz && { tz: user.tz }),
    guest: isGuest(user, us),
    bot: Boolean(user.is_bot),
  };
}
