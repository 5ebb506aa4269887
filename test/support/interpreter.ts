// Reads Chinese and says it in English: every sentence of ours, with its values, as src/words has it in the other language. Stories are
// written in English; where the bot speaks Chinese they are told through this, so that what they wait for was really said in Chinese.
import { words as en } from '../../src/words/en.ts';
import type { WordCode } from '../../src/words/words.ts';
import { words as zh } from '../../src/words/zh.ts';

const PLACE = /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/;
const HAN = /\p{Script=Han}/u;
const CHINESE = '[\\p{Script=Han}“”《》【】（）、，。；：！？]';
/** What stands on either side of a word that means something by itself only: in a row of a table, on a button, between brackets. */
const EDGE = '[\\s·：:；;。，,、！？?（）()\\[\\]【】“”✓]';
/** Shorter than this it is found only where it stands by itself. */
const LEAST_TELLING = 4;
/** So much of an English sentence of ours is no accident. */
const LEAST_ENGLISH = 18;

type Sentence = { literals: string[]; telling: string; pattern: RegExp; names: string[]; whole: boolean; readings: string[] };

/** Whole sentences before the words that may stand in them, and of each the longest first. */
const sentences: Sentence[] = [...readingsByChinese()]
  .map(([chinese, readings]) => sentenceOf(chinese, readings))
  .sort((a, b) => Number(b.whole) - Number(a.whole) || charactersOf(b) - charactersOf(a));

function charactersOf({ literals }: Sentence): number {
  return literals.join('').replaceAll(' ', '').length;
}

/** Long pieces of our English sentences; where the bot speaks Chinese none of them is to be seen. */
const englishPieces = [...new Set((Object.keys(en) as WordCode[]).flatMap(code => englishIn(code)))];

/** Pieces of the text that are found and said anew, and those that are not yet. */
type Piece = { text: string; done: boolean };

const known = { alone: new Map<string, string>(), inside: new Map<string, string>() };

/** `text` with every Chinese sentence of ours in English. People's own words stay as they are. */
export const inEnglish = (text: string): string => read(text, 'alone');

/** What is one word in Chinese may be two in English: `base` in a table, `the base model` inside of a sentence. */
function read(text: string, where: 'alone' | 'inside'): string {
  if (!HAN.test(text)) return text;
  const before = known[where].get(text);
  if (before !== undefined) return before;
  let pieces = together(text.split(/(\n)/).flatMap(line => framed(line, where)));
  for (const sentence of sentences) {
    if (text.includes(sentence.telling)) pieces = pieces.flatMap(piece => (piece.done ? [piece] : translated(piece.text, sentence, where)));
  }
  const said = joined(pieces);
  known[where].set(text, said);
  return said;
}

/** What is not yet found is looked through as a whole: some sentences have several lines. */
function together(pieces: Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (last && !last.done && !piece.done) last.text += piece.text;
    else all.push({ ...piece });
  }
  return all;
}

/** A sentence that opens and ends the line holds whatever else stands in it. */
function framed(line: string, where: 'alone' | 'inside'): Piece[] {
  const frame = sentences.find(({ literals, telling, whole }) => {
    const first = literals.length > 1 ? literals[0].replace(/ $/, '') : literals[0];
    const last = literals.at(-1)!.replace(/^ /, '');
    if (!whole || !line.includes(telling)) return false;
    return literals.length === 1 ? line === first : first !== '' && last !== '' && line.startsWith(first) && line.endsWith(last);
  });
  return frame ? translated(line, frame, where) : [{ text: line, done: false }];
}

/** The English sentence of ours that stands in what should be Chinese. */
export const englishLeftIn = (text: string): string | undefined => englishPieces.find(piece => text.includes(piece));

function translated(text: string, { telling, pattern, names, readings }: Sentence, where: 'alone' | 'inside'): Piece[] {
  if (!text.includes(telling)) return [{ text, done: false }];
  const english = readings.at(where === 'alone' ? 0 : -1)!;
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    const values = new Map(names.map((name, i) => [name, read(found[i + 1], 'inside').trim()]));
    pieces.push({ text: text.slice(from, found.index), done: false }, { text: filled(english, values), done: true });
    from = found.index + found[0].length;
  }
  return [...pieces, { text: text.slice(from), done: false }].filter(piece => piece.text !== '');
}

/** As `say` does it. */
function filled(english: string, values: Map<string, string>): string {
  return english.replace(new RegExp(PLACE, 'g'), (place, name: string, one?: string, more?: string) => {
    const value = values.get(name);
    if (value === undefined) return place;
    return one === undefined ? value : value === '1' ? one : more!;
  });
}

/** Chinese has no space between two sentences. */
function joined(pieces: Piece[]): string {
  return pieces.reduce((all, { text }) => all + (/[.:!?)\]”]$/.test(all) && /^[\p{L}\d“[(]/u.test(text) ? ' ' : '') + text, '');
}

/** The shortest reading first. */
function readingsByChinese(): Map<string, string[]> {
  const readings = new Map<string, string[]>();
  for (const code of Object.keys(zh) as WordCode[]) {
    const chinese = visible(zh[code]);
    if (HAN.test(chinese)) readings.set(chinese, [...(readings.get(chinese) ?? []), visible(en[code])]);
  }
  for (const each of readings.values()) each.sort((a, b) => a.length - b.length);
  return readings;
}

function sentenceOf(chinese: string, readings: string[]): Sentence {
  const parts = chinese.split(new RegExp(PLACE, 'g'));
  const literals = parts.filter((_, i) => i % 4 === 0);
  const names = parts.filter((_, i) => i % 4 === 1);
  // Beside a value the space may be missing.
  const telling = literals.map(literal => literal.replace(/^ | $/g, '')).toSorted((a, b) => b.length - a.length)[0];
  const short = literals.join('').length < LEAST_TELLING || !HAN.test(telling);
  const values = literals.slice(1).map((_, i) => (i === 0 && literals[0] === '' ? '([^\\n·。！？]*?)' : '([^\\n]*?)'));
  const source = literals.map((literal, i) => escaped(literal, i > 0, i < literals.length - 1) + (values[i] ?? '')).join('');
  const [head, tail] = [literals[0] === '' || short, literals.at(-1) === '' || short];
  const before = head ? `(?<=^|${short ? EDGE : '[\\n。！？；：，] ?'})` : '';
  const after = tail ? `(?=$|${short ? EDGE : '[\\n]'})` : '';
  const pattern = new RegExp(`${before}${source}${after}`, 'gu');
  return { literals, telling, names, readings, pattern, whole: /[。！？]$/.test(chinese) };
}

/** What a reader sees of our Markdown. */
function visible(sentence: string): string {
  return sentence
    .replace(/\[((?:[^\][]|\{[^}]*\})*)\]\((?:[^()]|\{[^}]*\})*\)/g, '$1')
    .replace(/\*\*|`/g, '')
    .replace(/^- /gm, '');
}

/** The pieces between the places of a sentence that are long enough to tell, and do not stand in the Chinese one as well. */
function englishIn(code: WordCode): string[] {
  return visible(en[code])
    .split(new RegExp(`${PLACE.source.replace(/\((?!\?)/g, '(?:')}|\\n`))
    .map(piece => piece.trim())
    .filter(piece => piece.includes(' ') && piece.length >= LEAST_ENGLISH && !zh[code].includes(piece));
}

/** Beside a Chinese value the space is missing: Chinese has none between its own characters. */
function escaped(literal: string, afterValue: boolean, beforeValue: boolean): string {
  const source = literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  if (literal.trim() === '') return source;
  const head = afterValue ? source.replace(/^\\s\+/, `(?:\\s+|(?<=${CHINESE}))`) : source;
  return beforeValue ? head.replace(/\\s\+$/, `(?:\\s+|(?=${CHINESE}))`) : head;
}
