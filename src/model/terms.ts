// The terms by which texts are compared when near ones are looked for.

/** Words in small letters; a run of Han characters becomes its overlapping pairs, a single one stays. */
export function termsOf(text: string): string[] {
  const words = text.toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu) ?? [];
  return words.flatMap(word => {
    const characters = [...word];
    if (!/\p{Script=Han}/u.test(word) || characters.length === 1) return [word];
    return characters.slice(1).map((character, index) => characters[index] + character);
  });
}
