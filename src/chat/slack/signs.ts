// The emoji by which people approve, and those that the bot sets itself. Slack calls them by name.

/** Without SLACK_APPROVE: ✅ and the heavy check mark. */
export const APPROVE = ['white_check_mark', 'heavy_check_mark'];

/** The bot's own signs. */
export const SIGNS = { seen: 'eyes', kept: 'seedling', working: 'hourglass_flowing_sand' } as const;

/** `+1::skin-tone-3` → `+1`. */
export const withoutTone = (name: string): string => name.replace(/::skin-tone-\d$/, '');

/** Slack has two names for some of them, and says now one and now the other. */
const SAME: Record<string, string> = { thumbsup: '+1', thumbsdown: '-1' };
const oneName = (name: string): string => SAME[name] ?? name;

/** Who approves: everybody behind one of the `approve` names, once, but not the bot. */
export function approvers(reactions: { name: string; users: string[] }[] | undefined, approve: readonly string[], bot: string): string[] {
  const names = approve.map(oneName);
  const people = (reactions ?? []).filter(({ name }) => names.includes(oneName(withoutTone(name)))).flatMap(({ users }) => users);
  return [...new Set(people)].filter(person => person !== bot);
}
