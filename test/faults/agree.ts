// After the storm: does the database say what the room shows, and the room what the database wants? Knows no platform: each hands in its room.
import type { Pool } from 'pg';
import type { Card } from '../../src/chat/chat.ts';

/** What somebody said. `edited`: ever; `text` and `approvedBy` (without who wrote it) as they are now. */
export type PersonSaid = { id: string; author: string; text: string; edited: boolean; deleted: boolean; approvedBy: string[] };
/** What the bot said, as it looks now. `to`: the only one who sees it. */
export type BotSaid = { id: string; to?: string; shown: string };

export type Room = {
  people(): PersonSaid[];
  /** Without what only passes by (toasts). */
  bot(): BotSaid[];
  /** How a card may look: `shown` of a message that says it. */
  looks(card: Card): string[];
  /** What only passed by and is no message: whether `to` was told this at some time. */
  passed?(to: string, card: Card): boolean;
};

/** What people did to the bot: keys that its inbox must have, messages that ask it, and the last vote of each (`question`: our id). */
export type Deeds = {
  keys?: string[];
  asked: string[];
  votes: { question: number; person: string; choice: string }[];
};

/**
 * One sentence for each thing that does not agree; none where all is well. `twice` (the private posts that more than one message says) is
 * apart: what may happen there depends on the platform.
 */
export async function disagreements(pool: Pool, room: Room, done: Deeds): Promise<{ wrong: string[]; twice: string[] }> {
  const people = new Map(room.people().map(said => [said.id, said]));
  const { wrong, twice } = await posts(pool, room);
  return { wrong: [...(await examples(pool, people)), ...wrong, ...(await heard(pool, done))], twice };
}

type Source = { example: number; ext: string; part: 'answer' | 'question' | 'notes' };

/** Every standing ✅ once and no other; what is learned is what stands there. */
async function examples(pool: Pool, people: Map<string, PersonSaid>): Promise<string[]> {
  const wrong: string[] = [];
  const { rows } = await pool.query<{ id: number; no: number; state: string; instruction: string | null; output: string | null }>(
    `select e.id::int, e.no, e.state, r.instruction, r.output from examples e
       left join example_revisions r on r.example = e.id and r.n = e.revision where e.origin = 'chat'`,
  );
  const { rows: sources } = await pool.query<Source>(
    `select s.example::int, m.ext, s.part from example_sources s join messages m on m.id = s.message order by m.id`,
  );
  const { rows: standing } = await pool.query<{ example: number; ext: string }>(
    `select a.example::int, p.ext from approvals a join people p on p.id = a.person where a.withdrawn_at is null`,
  );
  const ofAnswer = new Map<string, number[]>();
  for (const { ext, example, part } of sources) if (part === 'answer') ofAnswer.set(ext, [...(ofAnswer.get(ext) ?? []), example]);

  for (const { id, approvedBy, deleted, edited, text } of people.values()) {
    const made = ofAnswer.get(id) ?? [];
    if (made.length > 1) wrong.push(`“${text}” is the answer of ${made.length} examples`);
    const example = rows.find(row => row.id === made[0]);
    const approved = example?.state === 'approved';
    const all = sources.filter(source => source.example === made[0]).map(({ ext }) => people.get(ext));
    const touched = edited || all.some(said => said?.edited);
    const gone = all.some(said => !said || said.deleted);
    if (approvedBy.length === 0 || gone || deleted) {
      if (approved) wrong.push(`“${text}” is learned, and nobody approves of it or it is gone`);
    } else if (!approved && !(touched && example)) wrong.push(`“${text}” is approved of and ${example?.state ?? 'no example'}`);
    if (!example || gone || deleted) continue;
    const known = standing.filter(approval => approval.example === example.id).map(({ ext }) => ext);
    if (`${known.sort()}` !== `${[...approvedBy].sort()}`) wrong.push(`“${text}” has ✅ of ${approvedBy}, and the rows say ${known}`);
    const says = (part: Source['part']) =>
      sources.flatMap(source => (source.example === example.id && source.part === part ? (people.get(source.ext)?.text ?? []) : []));
    if (approved && (example.output !== text || example.instruction !== says('question')[0]))
      wrong.push(
        `#${example.no} is learned as “${example.output}” to “${example.instruction}”, and “${text}” to “${says('question')}” stands there`,
      );
  }
  for (const [ext] of ofAnswer) if (!people.has(ext)) wrong.push(`an example of ${ext}, which nobody said`);
  return wrong;
}

type PostRow = { key: string; body: Card; remote_id: string | null; error: string | null; to: string | null; sent: boolean };

/** Every post is exactly one message with the text that it wants now, and the bot says nothing else. */
async function posts(pool: Pool, room: Room): Promise<{ wrong: string[]; twice: string[] }> {
  const wrong: string[] = [];
  const twice: string[] = [];
  const { rows } = await pool.query<PostRow>(
    `select key, body, remote_id, error, recipient ->> 'person' as to, sent_rev >= rev as sent from posts order by id`,
  );
  const left = new Map(room.bot().map(said => [said.id, said]));
  for (const { key, sent, error } of rows) if (!sent || error !== null) wrong.push(`${key} is not sent: ${error}`);

  for (const { key, body, remote_id } of rows.filter(({ to }) => to === null)) {
    const said = left.get(remote_id ?? '');
    left.delete(remote_id ?? '');
    if (!said) wrong.push(`${key} stands nowhere, or two posts are one message`);
    else if (!room.looks(body).includes(said.shown)) wrong.push(`${key} is out of date: ${said.shown}`);
  }
  for (const { key, body, to } of rows.filter(({ to }) => to !== null)) {
    const [first] = [...left.values()].filter(said => said.to === to && room.looks(body).includes(said.shown));
    if (first) left.delete(first.id);
    else if (!room.passed?.(to!, body)) wrong.push(`${key} was not told`);
  }
  const wanted = rows.flatMap(({ to, body }) => (to === null ? [] : room.looks(body).map(look => `${to} ${look}`)));
  for (const { to, shown } of left.values()) {
    if (to !== undefined && wanted.includes(`${to} ${shown}`)) twice.push(shown);
    else wrong.push(`nobody wants this any more: ${shown}`);
  }
  return { wrong, twice };
}

/** Whatever was said to the bot was handled, once; every question is asked once and every vote is the last one. */
async function heard(pool: Pool, { keys = [], asked, votes }: Deeds): Promise<string[]> {
  const wrong: string[] = [];
  const { rows: inbox } = await pool.query<{ key: string; done: boolean; error: string | null }>(
    'select key, done_at is not null as done, error from inbox',
  );
  for (const { key, done, error } of inbox) if (!done || error !== null) wrong.push(`${key} is not handled: ${error}`);
  const kept = new Set(inbox.map(({ key }) => key));
  for (const key of keys) if (!kept.has(key)) wrong.push(`${key} was never kept`);
  const { rows: questions } = await pool.query<{ source: string }>('select source from questions');
  const sources = questions.map(({ source }) => source).sort();
  if (`${sources}` !== `${[...asked].sort()}`) wrong.push(`asked were ${asked}, and the rows say ${sources}`);
  const { rows: cast } = await pool.query<{ question: number; ext: string; now: string }>(
    'select v.question::int, p.ext, v.now from votes v join people p on p.id = v.person',
  );
  for (const { question, person, choice } of votes) {
    const now = cast.find(vote => vote.question === question && vote.ext === person)?.now;
    if (now !== choice) wrong.push(`${person} voted ${choice} on ${question}, and the rows say ${now}`);
  }
  for (const { question, ext } of cast)
    if (!votes.some(vote => vote.question === question && vote.person === ext)) wrong.push(`${ext} never voted on ${question}`);
  return wrong;
}
