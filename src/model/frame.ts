// A report in the team's frame: section lines, week and name by the program, bullets by the model.
// The model continues `draft.text`; `extendDraft` keeps what belongs to the open section, closes it and opens the next one.
import type { ReportForm, Section } from './form.ts';
import { blanked, bulletOf } from './lines.ts';

/** Week and name for the headings: `numbers` in the order in which a heading's digits stand. */
export type Head = { numbers: string[]; name: string };
export type Frame = { lines: (Section & { filled: string })[]; nothing: string };

/** `text` is the report so far, and what the model continues until `done`. `section` is the open one, `bullets` all texts written so far. */
export type Draft = { text: string; section: number; bullets: string[]; inSection: number; done: boolean };

const MOST_BULLETS = 6;
const WEEK = /^(?:calendar )?(?:week|wk|kw|cw|w|周|第)$/iu;
const FALLBACK_NOTHING = '–';

/** Week and name from the notes' first line ("W14, Ana", "第14周，安娜"), else from what is known otherwise. */
export function headOf(notes: string, known: Partial<Head> = {}): Head {
  const line = firstLineOf(notes);
  const fields = line === undefined ? [] : line.split(/[,，、;；·|]+|\s+(?=\S*\d)|(?<=\d\S*)\s+/u).map(field => field.trim());
  const name = fields.filter(field => field !== '' && !/\d/u.test(field) && !WEEK.test(field)).at(-1);
  const numbers = line?.match(/\d+/gu) ?? [];
  return { numbers: numbers.length ? [...numbers] : (known.numbers ?? []), name: name ?? known.name ?? '' };
}

/** The notes without their first line where that only says week and name. */
export function notesBelowHead(notes: string): string {
  return firstLineOf(notes) === undefined ? notes : notes.slice(notes.indexOf('\n') + 1);
}

/** A first line that says when and who, and nothing else: short, with a digit, no sentence. */
function firstLineOf(notes: string): string | undefined {
  const [line, ...rest] = notes.trimStart().split('\n');
  const heads = rest.length > 0 && line.length <= 40 && /\d/u.test(line) && !/[:：.。!?]/u.test(line) && line.split(/\s+/u).length <= 5;
  return heads ? line.trim() : undefined;
}

/** The form's lines with this report's week and name. Throws nothing; what is not known is left out. */
export function frameOf({ sections, nothing }: ReportForm, head: Head): Frame {
  return { lines: sections.map(section => ({ ...section, filled: fill(section, head) })), nothing: nothing || FALLBACK_NOTHING };
}

/** Digits of a heading become the head's, what follows its last "·" the name; words for which nothing is known go. */
function fill({ text, fixed }: Section, { numbers, name }: Head): string {
  if (fixed) return text;
  const parts = text.split('·').map(part => part.trim());
  const named = parts.length > 1 ? [...parts.slice(0, -1), name] : parts;
  const places = named.join('·').match(/\d+/gu)?.length ?? 0;
  const known = places === numbers.length ? [...numbers] : undefined;
  return named
    .map(part => (known ? part.replace(/\d+/gu, () => known.shift()!) : part.replace(/\S*\d\S*/gu, '')))
    .filter(part => /[\p{L}\p{N}]/u.test(part))
    .map(part => part.replace(/\s+/gu, ' ').trim())
    .join(' · ');
}

/** The report's beginning, up to where the model's first words go. */
export const beginDraft = (frame: Frame): Draft => open(frame, { text: '', section: -1, bullets: [], inSection: 0, done: false });

/**
 * Takes from a continuation of `draft.text` what fits the frame: bullets until a line that is none, a bullet that stands there already,
 * or `most` of them. Where the model goes on with the very heading that comes next, its text below it is taken, too. Every call closes a section.
 */
export function extendDraft(frame: Frame, draft: Draft, continuation: string, most = MOST_BULLETS): Draft {
  const [opening, ...lines] = continuation.split('\n');
  const text = bulletOf(opening)?.text ?? opening.trim();
  const heading = frame.lines.some(({ key }) => key === blanked(text));
  if (heading) lines.unshift(text);
  let now = add(frame, draft, heading || draft.bullets.includes(text) ? '' : text);
  while (!now.done) {
    const line = lines.find(one => one.trim() !== '');
    lines.splice(0, line === undefined ? lines.length : lines.indexOf(line) + 1);
    const text = line === undefined ? undefined : bodyText(frame, now, line);
    if (text !== undefined && now.inSection < most && !now.bullets.includes(text)) now = add(frame, now, text);
    else {
      const followed = line !== undefined && text === undefined && followsFrame(frame, now, line, lines);
      now = open(frame, close(frame, now));
      if (!followed) return now;
      const first = lines.shift()!;
      now = add(frame, now, bodyText(frame, now, first) ?? '');
    }
  }
  return now;
}

/** The line's text where it belongs into the open section. */
function bodyText({ lines }: Frame, { section }: Draft, line: string): string | undefined {
  const bullet = bulletOf(line);
  if (lines[section].below !== 'text') return bullet?.text || undefined;
  return lines.some(({ key }) => !bullet && key === blanked(line)) ? undefined : line.trim();
}

/** Does the model write the next headings itself, with something below the last of them? Takes those lines from `rest` if so. */
function followsFrame(frame: Frame, { section }: Draft, line: string, rest: string[]): boolean {
  const next = frame.lines.findIndex((one, index) => index > section && one.below !== 'nothing');
  if (next < 0) return false;
  const filled = [line, ...rest].filter(one => one.trim() !== '');
  const headings = frame.lines.slice(section + 1, next + 1);
  const same = headings.every((heading, index) => filled[index] !== undefined && blanked(filled[index]) === heading.key);
  const body = filled[headings.length];
  if (!same || body === undefined || bodyText(frame, { section: next } as Draft, body) === undefined) return false;
  rest.splice(0, rest.length, ...filled.slice(headings.length));
  return true;
}

/** Writes headings up to the next section that the model fills, and the first marker there. */
function open({ lines }: Frame, draft: Draft): Draft {
  const next = lines.findIndex((one, index) => index > draft.section && one.below !== 'nothing');
  const headings = lines.slice(draft.section + 1, next < 0 ? undefined : next + 1).map(({ filled }) => filled);
  const text = [draft.text, ...headings].filter(Boolean).join('\n');
  if (next < 0) return { ...draft, text, section: lines.length, done: true };
  return { ...draft, text: `${text}\n${marker(lines[next].below, 1)}`, section: next, inSection: 0 };
}

/** A bullet's marker without the blank behind it: the model's own first token brings it. */
const marker = (below: Section['below'], number: number): string => (below === 'number' ? `${number}.` : below === 'dash' ? '-' : '');

function add({ lines }: Frame, draft: Draft, text: string): Draft {
  const said = text.trim();
  if (said === '') return draft;
  const { below } = lines[draft.section];
  const lead = draft.inSection === 0 ? '' : `\n${marker(below, draft.inSection + 1)}`;
  const gap = below === 'text' ? '' : ' ';
  return { ...draft, text: draft.text + lead + gap + said, bullets: [...draft.bullets, said], inSection: draft.inSection + 1 };
}

/** A section without a bullet says that there is nothing. */
const close = (frame: Frame, draft: Draft): Draft => (draft.inSection > 0 ? draft : add(frame, draft, frame.nothing));
