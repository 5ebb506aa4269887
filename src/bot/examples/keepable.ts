// What people hand to the bot (a question, notes, an answer of their own) goes through the secret gate before it is kept; they alone hear what
// was masked, each kind once.
import { maskSecrets } from '../../model/secrets/mask.ts';
import { type Problem, Refusal } from '../../problem.ts';
import { say } from '../../words/words.ts';
import type { Wanted } from '../asked.ts';
import { tellOnce } from '../harvest/tell.ts';
import { placeOf, sentence } from '../reply.ts';

/** The texts, which belong together, as they may be kept: the same ones, or with placeholders. Throws a Refusal for what cannot be masked. */
export async function keepable<const T extends string[]>(wanted: Wanted, texts: T): Promise<{ [at in keyof T]: string }> {
  const masked = maskSecrets(texts);
  if ('refused' in masked) throw new Refusal(masked.refused.code, masked.refused.values);
  for (const kind of Object.keys(masked.counts)) await tellOfKind(wanted, kind);
  return masked.texts as { [at in keyof T]: string };
}

async function tellOfKind({ bot, event, person }: Wanted, kind: string): Promise<void> {
  await tellOnce(bot, `told:${person.id}:masked-${kind}`, person, placeOf(event), lang =>
    sentence(say(lang, 'secrets.told', { kind: say(lang, `secrets.kind.${kind}`) })),
  );
}

/** Of an answer of one's own: as long as one that is learned may be. */
const MOST_CHARACTERS = 8_000;

/** Why what somebody wrote into a form cannot be posted as theirs; undefined where it can. `empty`: the sentence where nothing was written. */
export function whyNotOwnWords(text: string, empty: string): Problem | undefined {
  const got = [...text.trim()].length;
  if (got === 0) return { code: empty, values: {} };
  if (got > MOST_CHARACTERS) return { code: 'better.too-long', values: { most: MOST_CHARACTERS, got } };
  return whyNotKeepable(text);
}

function whyNotKeepable(text: string): Problem | undefined {
  const masked = maskSecrets([text]);
  return 'refused' in masked ? masked.refused : undefined;
}

/** Those of the texts that can be kept in some form: what somebody else has said is left out rather than refused. */
export const onlyMaskable = <T>(items: T[], textOf: (item: T) => string): T[] =>
  items.filter(item => whyNotKeepable(textOf(item)) === undefined);

/** A piece of a message, for a label: masked before it is cut, and undefined where it cannot be masked. */
export function maskedOrNothing(text: string): string | undefined {
  const masked = maskSecrets([text]);
  return 'refused' in masked ? undefined : masked.texts[0];
}
