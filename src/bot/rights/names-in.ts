// The people that a command names, as they were written: a mention, or an @Name that the platform left as it was typed.

/** Names may hold spaces; a comma or the next @ ends one. */
const NAMED = /\[@[^\]]*\]\(person:[^)\s]+\)|@[^@[,，、]+/gu;

/** Empty if something else than names stands in `text`, too. */
export function namesIn(text: string): string[] {
  const rest = text.replace(NAMED, '').replace(/[\s,，、]+/gu, '');
  return rest === '' ? [...text.matchAll(NAMED)].map(([name]) => name.trim()) : [];
}
