// The JSON values in a text that people pasted: one list, one value, one a line, or several one after another.
// Line breaks typed inside a string are taken as such: JSON forbids them, people paste them.

/** One value with the line it begins on; `error` where it cannot be read: on which line, and the text at that place. */
export type JsonValue = { line: number; value?: unknown; error?: { kind: 'broken' | 'cut' | 'text'; line: number; near: string } };

/** All values of a text, in order. A list is taken apart into its elements. Never throws. */
export function jsonValues(text: string): JsonValue[] {
  const whole = parsed(text);
  if (whole !== undefined) return (Array.isArray(whole.value) ? whole.value : [whole.value]).map(value => ({ line: 1, value }));
  const lines = text.split('\n').map((content, index) => ({ content: content.trim().replace(/,$/u, ''), line: index + 1 }));
  const filled = lines.filter(({ content }) => content !== '');
  const oneALine = filled.every(({ content }) => content.startsWith('{') && content.endsWith('}'));
  return oneALine ? filled.map(({ content, line }) => readValue(content, line)) : scan(text);
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Walks over `{…} {…}`, with or without commas and the list's brackets around them, and reads each value on its own. */
function scan(text: string): JsonValue[] {
  const values: JsonValue[] = [];
  const lines = lineCounter(text);
  let at = 0;
  let listOpen = false;
  while ((at = skip(text, at, /[\s,]/u)) < text.length) {
    const line = lines(at);
    const character = text[at];
    if (character === '[' && values.length === 0 && !listOpen) {
      listOpen = true;
      at++;
    } else if (character === ']' && listOpen) {
      listOpen = false;
      at++;
    } else if (character === '{') {
      const end = endOfObject(text, at);
      values.push(end === undefined ? cut(text, at, line) : readValue(text.slice(at, end), line));
      at = end ?? text.length;
      if (end === undefined) listOpen = false;
    } else {
      const end = skip(text, at, /[^{\n\]]/u);
      values.push({ line, error: { kind: 'text', line, near: shorten(text.slice(at, Math.max(end, at + 1))) } });
      at = Math.max(end, at + 1);
    }
  }
  if (listOpen)
    values.push({ line: lines(text.length), error: { kind: 'cut', line: lines(text.length), near: shorten(text.trimEnd().slice(-30)) } });
  return values;
}

function skip(text: string, from: number, pattern: RegExp): number {
  let at = from;
  while (at < text.length && pattern.test(text[at])) at++;
  return at;
}

/** The index behind the closing brace, or undefined where the text ends before it. */
function endOfObject(text: string, from: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}

// Noncharacters stand in for what JSON forbids inside a string, so that positions stay those of the file.
const BREAK = '\uFDD0';
const TAB = '\uFDD1';

function readValue(source: string, line: number): JsonValue {
  try {
    return { line, value: JSON.parse(withoutBreaks(source), (_key, value) => (typeof value === 'string' ? withBreaks(value) : value)) };
  } catch (error) {
    const position = Number(/at position (\d+)/u.exec((error as Error).message)?.[1] ?? 0);
    const before = source.slice(0, position);
    const near = shorten(source.slice(Math.max(0, position - 15), position + 15));
    return { line, error: { kind: 'broken', line: line + before.split('\n').length - 1, near } };
  }
}

const withBreaks = (value: string): string => value.replaceAll(BREAK, '\n').replaceAll(TAB, '\t');

const withoutBreaks = (source: string): string =>
  source.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"/gu, string => string.replaceAll('\n', BREAK).replaceAll('\t', TAB));

const cut = (text: string, at: number, line: number): JsonValue => ({
  line,
  error: { kind: 'cut', line, near: shorten(text.slice(at, at + 30)) },
});

const shorten = (text: string): string => text.replace(/\s+/gu, ' ').trim().slice(0, 30);

/** The line of a position; positions must be asked for in rising order. */
function lineCounter(text: string): (position: number) => number {
  let at = 0;
  let line = 1;
  return position => {
    for (; at < position; at++) if (text[at] === '\n') line++;
    return line;
  };
}
