// Somebody's text where there is room for one short line only: a label, a title, an item of a list.

/** The first `most` characters on one line; what is missing behind them is an ellipsis. */
export function shortOf(text: string, most: number): string {
  const line = [...text.replace(/\s+/gu, ' ').trim()];
  return line.length > most
    ? `${line
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : line.join('');
}
