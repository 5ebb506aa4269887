// The string literals of a TypeScript source, found by reading it as a tokenizer does: comments, regular expressions and imports are none.

/** `text`: as written, with `{}` for each `${…}` of a template. `before`: the code on its line and the line above, up to the literal. */
export type Literal = { text: string; line: number; before: string };

/** A slash begins a regular expression after these, and divides after anything else. */
const BEFORE_REGEX = /(?:^|[([{,;:=!&|?+\-*%~^<>}]|\b(?:return|typeof|case|in|of|do|else|void|await))$/;

export function literalsOf(source: string): Literal[] {
  const found: Literal[] = [];
  /** What stood before, without white space and comments. */
  let code = '';
  scan(0);
  return found;

  /** Reads code from `at` up to the brace that closes it (or the end), and gives the place after that. */
  function scan(at: number): number {
    let depth = 0;
    while (at < source.length) {
      const c = source[at];
      if (source.startsWith('//', at)) at = endOf('\n', at);
      else if (source.startsWith('/*', at)) at = endOf('*/', at + 2);
      else if (c === "'" || c === '"') at = quoted(at);
      else if (c === '`') at = template(at);
      else if (c === '/' && BEFORE_REGEX.test(code)) at = regex(at);
      else if (c === '}' && depth === 0 && code !== '') return at + 1;
      else {
        if (c === '{') depth++;
        if (c === '}') depth--;
        if (!/\s/.test(c)) code = (code + c).slice(-20);
        // Two words must not become one: `return /x/` is no division.
        else if (/\w$/.test(code) && /\w/.test(source[at + 1] ?? '')) code += ' ';
        at++;
      }
    }
    return at;
  }

  function endOf(mark: string, at: number): number {
    const end = source.indexOf(mark, at);
    return end < 0 ? source.length : end + mark.length;
  }

  function quoted(from: number): number {
    let at = from + 1;
    while (source[at] !== source[from] && at < source.length) at += source[at] === '\\' ? 2 : 1;
    keep(from, source.slice(from + 1, at));
    return at + 1;
  }

  function template(from: number): number {
    let at = from + 1;
    let text = '';
    while (source[at] !== '`' && at < source.length) {
      if (source.startsWith('${', at)) {
        code += '{';
        at = scan(at + 2);
        text += '{}';
      } else {
        const step = source[at] === '\\' ? 2 : 1;
        text += source.slice(at, at + step);
        at += step;
      }
    }
    keep(from, text);
    return at + 1;
  }

  function regex(from: number): number {
    let at = from + 1;
    let inClass = false;
    while (at < source.length && (inClass || source[at] !== '/')) {
      if (source[at] === '[') inClass = true;
      else if (source[at] === ']') inClass = false;
      at += source[at] === '\\' ? 2 : 1;
    }
    code = 'regex)';
    return at + 1;
  }

  function keep(from: number, text: string): void {
    const lines = source.slice(0, from).split('\n');
    found.push({ text, line: lines.length, before: lines.slice(-2).join('\n') });
    code = 'string)';
  }
}
