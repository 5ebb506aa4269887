// After the storm: does the database say what the room shows, and the room what the database wants? Knows no platform: each hands in its
// room. Every check gives one sentence for each thing that does not agree, and none where all is well.
import type { Pool } from 'pg';
import type { Card } from '../../src/chat/chat.ts';
import type { Choice } from './deeds.ts';

/** A message that stands there now; ids as the database has them. */
export type Standing = {
  id: string;
  channel: string;
  thread?: string;
  author: string;
  fromBot: boolean;
  /** as people read it; of the bot's, as `draw` draws its card */
  text: string;
  /** the only one who sees it */
  to?: string;
  /** whoever sent it could not know that it stands, and had no way to look */
  doubtful?: boolean;
  approvedBy: string[];
  /** the bot's receipt stands on it */
  kept: boolean;
  /** its author has changed it at some time; nobody then knows what a ✅ was given to */
  edited?: boolean;
};
export type Room = {
  messages: Standing[];
  draw(card: Card, privately: boolean): string;
  /** What only passed by and is no message (a toast): whether this person was told the card so. */
  passed?(to: string, card: Card): boolean;
  /** Of what one person was told: whether it stays although nobody wants it any more, for the platform lets nobody take it back. */
  stays?(text: string): boolean;
};

const OPEN = `select 1 from inbox where done_at is null union all select 1 from posts where sent_rev < rev
  union all select 1 from messages where dirty_at is not null`;
const NOT_LOOKED_AT = `select 1 from messages m join example_sources s on s.message = m.id where m.looked_at < $1`;

/** Every event is handled, every post sent, every message that was touched looked at; and all of them since `since` (a start). */
export async function isSettled(pool: Pool, since = new Date(0)): Promise<boolean> {
  const { rows } = await pool.query(OPEN);
  const { rows: waiting } = await pool.query(NOT_LOOKED_AT, [since]);
  return rows.length + waiting.length === 0;
}

type Example = { id: number; no: number; state: string; instruction: string | null; output: string | null };
type Source = { example: number; ext: string; part: 'answer' | 'question' | 'notes' };

/** Every standing ✅ (but an author's own) is an approval once, and no other; what is learned is what stands there, and bears the receipt. */
export async function examplesDisagree(pool: Pool, { messages }: Room): Promise<string[]> {
  const wrong: string[] = [];
  const { rows: examples } = await pool.query<Example>(
    `select e.id::int, e.no, e.state, r.instruction, r.output from examples e
       left join example_revisions r on r.example = e.id and r.n = e.revision where e.origin = 'chat'`,
  );
  const { rows: sources } = await pool.query<Source>(
    'select s.example::int, m.ext, s.part from example_sources s join messages m on m.id = s.message order by m.id',
  );
  const { rows: approvals } = await pool.query<{ example: number; ext: string }>(
    'select a.example::int, p.ext from approvals a join people p on p.id = a.person where a.withdrawn_at is null',
  );
  const there = new Map(messages.filter(({ fromBot }) => !fromBot).map(said => [said.id, said]));

  for (const { id, author, approvedBy, text, kept, edited } of there.values()) {
    const made = sources.filter(({ ext, part }) => ext === id && part === 'answer').map(({ example }) => example);
    if (made.length > 1) wrong.push(`“${text}” is the answer of ${made.length} examples`);
    const example = examples.find(row => row.id === made[0]);
    const others = approvedBy.filter(person => person !== author).sort();
    const approved = example?.state === 'approved';
    if (kept !== approved) wrong.push(`“${text}” is ${example?.state ?? 'no example'}, and its receipt says otherwise`);
    const all = sources.filter(source => source.example === made[0]);
    const unclear = edited || all.some(({ ext }) => there.get(ext)?.edited);
    const gone = all.some(({ ext }) => !there.has(ext));
    if (approved && (others.length === 0 || gone)) wrong.push(`“${text}” is learned, and nobody approves of it or it is gone`);
    if (!approved && others.length > 0 && !gone && !(example && unclear))
      wrong.push(`“${text}” is approved of and ${example?.state ?? 'no example'}`);
    if (!example || gone) continue;
    const known = approvals.filter(approval => approval.example === example.id && approval.ext !== author).map(({ ext }) => ext);
    if (`${known.sort()}` !== `${others}`) wrong.push(`“${text}” has ✅ of ${others}, and the rows say ${known}`);
    const question = all.find(({ part }) => part === 'question');
    const asked = question && there.get(question.ext)?.text;
    if (approved && (example.output !== text || example.instruction !== asked))
      wrong.push(`#${example.no} is “${example.output}” to “${example.instruction}”; “${text}” to “${asked}” stands there`);
  }
  for (const { id, no, state } of examples) {
    const stands = sources.some(({ example, ext, part }) => example === id && part === 'answer' && there.has(ext));
    if (!stands && state === 'approved') wrong.push(`#${no} is learned, and its answer stands nowhere`);
  }
  return wrong;
}

type PostRow = { key: string; body: Card; at: string | null; error: string | null; to: string | null; sent: boolean };

const allPosts = async (pool: Pool): Promise<PostRow[]> =>
  (
    await pool.query<PostRow>(
      `select key, body, remote_id as at, error, recipient ->> 'person' as to, sent_rev >= rev as sent from posts order by id`,
    )
  ).rows;

/** Every post for everybody is exactly one message with the text that it wants now, and the bot has said nothing else to everybody. */
export async function postsDisagree(pool: Pool, { messages, draw }: Room): Promise<string[]> {
  const wrong: string[] = [];
  const posts = await allPosts(pool);
  for (const { key, sent, error } of posts) if (!sent || error !== null) wrong.push(`${key} is not sent: ${error}`);
  const left = new Map(messages.filter(({ fromBot, to }) => fromBot && to === undefined).map(said => [said.id, said]));
  for (const { key, body, at } of posts.filter(({ to }) => to === null)) {
    const said = left.get(at ?? '');
    left.delete(at ?? '');
    if (!said) wrong.push(`${key} stands nowhere, or two posts are one message`);
    else if (draw(body, false) !== said.text) wrong.push(`${key} is out of date: ${said.text}`);
  }
  for (const { text } of left.values()) wrong.push(`no post wants this: ${text}`);
  return wrong;
}

/**
 * Every post for one person was told that person, as it is wanted now, and nothing else was. `twice`: how many messages repeat another one;
 * `needlessly`: how many of them although all those of their words were known to stand.
 */
export async function privatelyDisagree(
  pool: Pool,
  { messages, draw, passed, stays }: Room,
): Promise<{ wrong: string[]; twice: number; needlessly: number }> {
  const wrong: string[] = [];
  const posts = (await allPosts(pool)).filter(({ to }) => to !== null);
  const left = messages.filter(({ fromBot, to }) => fromBot && to !== undefined);
  const doubts = new Map<string, number>();
  for (const { to, text, doubtful } of left) if (doubtful) doubts.set(`${to} ${text}`, (doubts.get(`${to} ${text}`) ?? 0) + 1);
  const wanted = new Set<string>();
  for (const { key, body, to } of posts) {
    const text = draw(body, true);
    wanted.add(`${to} ${text}`);
    const found = left.findIndex(said => said.to === to && said.text === text);
    if (found >= 0) left.splice(found, 1);
    else if (!passed?.(to!, body)) wrong.push(`${key} was not told: ${text}`);
  }
  const again = new Map<string, number>();
  for (const { to, text } of left) {
    if (stays?.(text)) continue;
    const told = `${to} ${text}`;
    if (wanted.has(told)) again.set(told, (again.get(told) ?? 0) + 1);
    else wrong.push(`no post wants this any more: ${text}`);
  }
  const sum = (each: (told: string, times: number) => number) => [...again].reduce((all, [told, times]) => all + each(told, times), 0);
  const needlessly = sum((told, times) => Math.max(0, times - (doubts.get(told) ?? 0)));
  return { wrong, twice: sum((_, times) => times), needlessly };
}

/** `asked`: the messages that ask the bot something (but for those that made the comparisons). Each is a question, once. */
export async function questionsDisagree(pool: Pool, asked: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ source: string }>('select source from questions');
  return asked
    .map(id => ({ id, times: rows.filter(({ source }) => source === id).length }))
    .flatMap(({ id, times }) => (times === 1 ? [] : [`${id} was asked ${times} times`]));
}

/** `votes`: `question person` → the last choice. */
export async function votesDisagree(pool: Pool, votes: Map<string, Choice>): Promise<string[]> {
  const { rows } = await pool.query<{ vote: string; now: Choice }>(
    `select v.question || ' ' || p.ext as vote, v.now from votes v join people p on p.id = v.person`,
  );
  const known = new Map(rows.map(({ vote, now }) => [vote, now]));
  const all = [...new Set([...votes.keys(), ...known.keys()])];
  return all.flatMap(vote =>
    votes.get(vote) === known.get(vote) ? [] : [`the vote ${vote} is ${votes.get(vote)}, and the rows say ${known.get(vote)}`],
  );
}

/** `words`: commands that nobody knows, and how often each was said (once). Each was answered at least once and not more often, to whoever said it. */
export async function wordsDisagree(pool: Pool, words: { by: string; word: string; times?: number }[]): Promise<string[]> {
  const posts = await allPosts(pool);
  const answers = ({ by, word }: { by: string; word: string }) =>
    posts.filter(({ to, body }) => to === by && new RegExp(`\\b${word}\\b`).test(JSON.stringify(body))).length;
  return words.flatMap(said => {
    const many = answers(said);
    return many >= 1 && many <= (said.times ?? 1) ? [] : [`${said.word} was answered ${many} times`];
  });
}
