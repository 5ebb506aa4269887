// What was found in a text, in words: how many of which kind, and nothing else about it.
import type { SecretCounts } from '../../model/secrets/mask.ts';
import { type Lang, say } from '../../words/words.ts';

export const maskedWhat = (lang: Lang, counts: SecretCounts): string =>
  Object.entries(counts)
    .map(([kind, count]) => say(lang, 'leaks.found', { count, kind: say(lang, `secrets.kind.${kind}`) }))
    .join(say(lang, 'leaks.found.and'));

/** All of them together. */
export function addedUp(all: SecretCounts[]): SecretCounts {
  const sum: SecretCounts = {};
  for (const counts of all) {
    for (const [kind, count] of Object.entries(counts) as [keyof SecretCounts, number][]) sum[kind] = (sum[kind] ?? 0) + count;
  }
  return sum;
}
