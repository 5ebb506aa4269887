// The sample team as a story: its people, channels, questions, answers, notes, reports and ✅, as if they had been said here.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../root.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Happening, RoomChannel, RoomMessage, RoomPerson } from './entries.ts';
import { APPROVAL } from './signs.ts';
import type { RoomState } from './state.ts';

export type SampleRow = {
  kind: 'qa' | 'report';
  channel: string;
  asker: string;
  author: string;
  approved_by: string[];
  instruction: string;
  input: string;
  output: string;
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const FIRST_HOUR = 9;
const THREADS_A_DAY = 12;
const BETWEEN_THREADS_MS = 35 * MINUTE_MS;
/** Longer than what is taken for one answer typed as several messages. */
const BETWEEN_MESSAGES_MS = 7 * MINUTE_MS;

/** The rows of the sample team that comes with the product. */
export async function sampleRows(lang: Lang): Promise<SampleRow[]> {
  return JSON.parse(await readFile(join(projectRoot(), 'src', 'sample-team', `${lang}.json`), 'utf8'));
}

/**
 * What happens when the team of `lang` comes into the room `state`. Its messages lie on the working days before `now`, oldest first;
 * a person of the same name is that person, a channel of the same name is another channel.
 */
export function sampleStory(
  rows: SampleRow[],
  { lang, by, now, newId }: { lang: Lang; by: string; now: number; newId(kind: string): string },
  state: Pick<RoomState, 'people' | 'channels' | 'bot'>,
): Happening[] {
  const people = new Map([...state.people.values()].map(({ id, name }) => [name, id]));
  const channels = new Map<string, string>();
  const taken = new Set([...state.channels.values()].map(({ name }) => name));

  const joined = unique(rows.flatMap(({ asker, author, approved_by }) => [asker, author, ...approved_by]))
    .filter(name => !people.has(name))
    .map((name): Happening => {
      const person: RoomPerson = { id: newId('p'), name, bot: false, guest: false, lang };
      const direct: RoomChannel = { id: newId('d'), name, kind: 'direct', purpose: '', members: [person.id, state.bot] };
      people.set(name, person.id);
      return { kind: 'joined', person, direct };
    });

  const made = unique(rows.map(({ channel }) => channel)).map((name): Happening => {
    const channel: RoomChannel = {
      id: newId('c'),
      name: taken.has(name) ? `${name}-${lang}` : name,
      kind: 'open',
      purpose: say(lang, `chat.sample.${name}`),
    };
    channels.set(name, channel.id);
    return { kind: 'made', by, channel };
  });

  const days = workingDays(Math.ceil(rows.length / THREADS_A_DAY), now);
  const approved: Happening[] = [];
  const said = evenly(rows).flatMap((row, i) => {
    const start = days[Math.floor(i / THREADS_A_DAY)] + (i % THREADS_A_DAY) * BETWEEN_THREADS_MS;
    const root = newId('m');
    const lines = row.kind === 'report' ? reportLines(row) : [line(row.asker, row.instruction), line(row.author, row.output)];
    const messages = lines.map(({ author, markdown }, k): RoomMessage => {
      const at = start + k * BETWEEN_MESSAGES_MS;
      const place = { channel: channels.get(row.channel)!, ...(k > 0 && { thread: root }) };
      return { id: k === 0 ? root : newId('m'), ...place, author: people.get(author)!, at, markdown, files: [], reactions: {} };
    });
    const { id } = messages[messages.length - 1];
    approved.push(...row.approved_by.map((name): Happening => ({ kind: 'reacted', id, by: people.get(name)!, sign: APPROVAL, on: true })));
    return messages.map((message): Happening => ({ kind: 'said', message }));
  });
  return [...joined, ...made, ...said, ...approved];
}

const line = (author: string, markdown: string) => ({ author, markdown });

/** Somebody asks for the report, its author gathers notes and writes it. */
const reportLines = ({ approved_by: [asker], author, instruction, input, output }: SampleRow) => [
  line(asker, instruction),
  line(author, input),
  line(author, output),
];

const unique = (names: string[]) => [...new Set(names)];

/** The rows of every channel spread over the whole time, each in its own order. */
function evenly(rows: SampleRow[]): SampleRow[] {
  const total = new Map<string, number>();
  for (const { channel } of rows) total.set(channel, (total.get(channel) ?? 0) + 1);
  const soFar = new Map<string, number>();
  const placed = rows.map(row => {
    const nth = soFar.get(row.channel) ?? 0;
    soFar.set(row.channel, nth + 1);
    return { row, place: (nth + 0.5) / total.get(row.channel)! };
  });
  return placed.sort((a, b) => a.place - b.place).map(({ row }) => row);
}

/** The mornings of the last `count` working days before the day of `now`, oldest first. */
function workingDays(count: number, now: number): number[] {
  const days: number[] = [];
  for (let day = new Date(now - DAY_MS); days.length < count; day = new Date(day.getTime() - DAY_MS)) {
    if (day.getDay() % 6 !== 0) days.unshift(day.setHours(FIRST_HOUR, 0, 0, 0));
  }
  return days;
}
