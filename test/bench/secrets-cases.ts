// Labelled messages (test/fixtures/secrets/README.md): which spans are secrets or personal data, written by hand and made from the frames.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { seededRandom } from '../../worker/engine/random.ts';
import { INVALID, MAKERS, VALID } from './made-up.ts';
import type { Random } from './made-up-keys.ts';

/** `start` and `end` in the text without its labels. */
export type SecretLabel = { kind: string; start: number; end: number };
/** Every third row is held out: its misses are not looked at while the detectors are written. */
export type LabelledMessage = { name: string; text: string; labels: SecretLabel[]; heldOut: boolean };

const LABEL = /⟦([a-z-]+) ([^⟦⟧]+)⟧/gu;
const FRAMES = 'frames.txt';
const SEED = 20240315;
/** How often each frame is filled, by kind: once per maker of an invalid value. */
const FILLED: Record<string, number> = { card: 4, cnid: 4, iban: 3, key: 5 };
const USUALLY_FILLED = 2;
/** Frames of these kinds go under the name that the labels use. */
const LABELLED_AS: Record<string, string> = { cnid: 'id-number', ssn: 'id-number' };

/** All rows of a folder: its *.txt files line by line, and its frames filled by a seed. */
export function readMessages(folder: string): LabelledMessage[] {
  const random = seededRandom(SEED);
  const files = readdirSync(folder).filter(file => file.endsWith('.txt') && file !== FRAMES);
  const written = files
    .sort()
    .flatMap(file => linesOf(join(folder, file)).map((line, at) => labelled(`${basename(folder)}/${file}:${at + 1}`, line, random)));
  const framed = readdirSync(folder).includes(FRAMES) ? linesOf(join(folder, FRAMES)).flatMap(line => filled(line, random)) : [];
  return [...written, ...framed].map((row, at) => ({ ...row, heldOut: at % 3 === 2 }));
}

const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').filter(Boolean);

type Row = Omit<LabelledMessage, 'heldOut'>;

function labelled(name: string, line: string, random: Random): Row {
  const labels: SecretLabel[] = [];
  let text = '';
  let read = 0;
  for (const { 0: whole, 1: kind, 2: value, index } of line.matchAll(LABEL)) {
    const maker = value.startsWith('=') && MAKERS[value.slice(1)];
    if (value.startsWith('=') && !maker) throw new Error(`${name}: nothing makes ${value}`);
    text += line.slice(read, index);
    const start = text.length;
    text += maker ? maker(random) : value;
    labels.push({ kind, start, end: text.length });
    read = index + whole.length;
  }
  return { name, text: (text + line.slice(read)).replaceAll('⏎', '\n'), labels };
}

/** The frames of one line with valid values, then with values that the rules forbid: those have no label. */
function filled(line: string, random: Random): Row[] {
  const [kind, ...frames] = line.split(' | ');
  const label = LABELLED_AS[kind] ?? kind;
  const fill = (frame: string, value: string, name: string): Row => {
    const start = frame.indexOf('{}');
    const labels = name === 'valid' ? [{ kind: label, start, end: start + value.length }] : [];
    return { name: `${name} ${kind}`, text: frame.replace('{}', () => value), labels };
  };
  const makers = VALID[kind];
  const times = FILLED[kind] ?? USUALLY_FILLED;
  const valid = frames.flatMap((frame, at) =>
    Array.from({ length: times }, (_, turn) => fill(frame, makers[(at * times + turn) % makers.length](random), 'valid')),
  );
  const invalid = frames.flatMap(frame => (INVALID[kind] ?? []).map(maker => fill(frame, maker(random), 'invalid')));
  return [...valid, ...invalid];
}
