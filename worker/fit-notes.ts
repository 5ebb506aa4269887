// Notes that fit into a model: as many whole lines from the first on as there is room for. A long week is no reason for no report.

/** `leftOut`: how many lines at the end had to go. Undefined where not even the first lines fit. `fits` is true for notes short enough. */
export function fitNotes(notes: string, fits: (notes: string) => boolean): { notes: string; leftOut: number } | undefined {
  const lines = notes.split('\n');
  const first = (count: number): string => lines.slice(0, count).join('\n');
  if (fits(notes)) return { notes, leftOut: 0 };
  let [most, tooMany] = [0, lines.length];
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (fits(first(middle))) most = middle;
    else tooMany = middle;
  }
  // A head alone (week, name) is no note.
  return most >= Math.min(2, lines.length)
    ? { notes: first(most), leftOut: lines.slice(most).filter(line => line.trim()).length }
    : undefined;
}
