// Runs in marks, neighbours of one style in one pair of them: bold outside italic outside strike.
import { type Run, STYLES } from './written.ts';

type StyleName = (typeof STYLES)[number];

/** `wrap` is given what stands between the marks, without the white space at its ends: no dialect takes a mark beside white space for one. */
export function nested(
  runs: Run[],
  atom: (run: Run) => string,
  wrap: (style: StyleName, said: string) => string,
  styles: readonly StyleName[] = STYLES,
): string {
  const [style, ...others] = styles;
  if (!style) return runs.map(atom).join('');
  const groups: Run[][] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (last && last[0][style] === run[style]) last.push(run);
    else groups.push([run]);
  }
  return groups
    .map(group => {
      const inner = nested(group, atom, wrap, others);
      if (!group[0][style] || !inner.trim()) return inner;
      const [, before, said, after] = /^(\s*)(.*?)(\s*)$/s.exec(inner)!;
      return `${before}${wrap(style, said)}${after}`;
    })
    .join('');
}
