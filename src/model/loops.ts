// Texts that go round in circles, as small models' answers do.

/** More than half of the runs of four words, or of eight characters, stood there before. */
export function goesInCircles(text: string): boolean {
  const words = text.toLowerCase().match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [];
  return mostlyRepeats(words, 4, 16) || mostlyRepeats([...text.replace(/\s/gu, '')], 8, 40);
}

/** Texts with fewer than `shortest` runs are too short to tell. */
function mostlyRepeats(parts: string[], run: number, shortest: number): boolean {
  const runs = parts.slice(run - 1).map((_, end) => parts.slice(end, end + run).join(' '));
  return runs.length >= shortest && new Set(runs).size * 2 < runs.length;
}
