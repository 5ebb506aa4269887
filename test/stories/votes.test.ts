// Many vote at once on answers that nobody can tell apart: each has one vote, a guest's counts nowhere, and until the close no byte that
// the chat is sent tells anybody, but those who have voted, who is who.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Person, Seen, Tape } from '../support/person.ts';
import { platforms } from '../support/platforms.ts';
import { openStory, type Story } from '../support/story.ts';
import { type Compared, compare, daysPass, teach, train } from '../support/tuned.ts';

vi.setConfig({ testTimeout: 60_000 });

const QUESTIONS = ['Where is the office?', 'Can I swim here?', 'Who paints the pier?', 'What does a berth cost?', 'How deep is the water?'];
const MORE = ['Is there a shop?', 'Where do I park?', 'Who has the key?', 'When is low water?', 'Are dogs welcome?', 'Who rings the bell?'];

describe.each(platforms)('$name: votes', platform => {
  let story: Story;
  let ada: Person;
  let team: Person[];
  let gus: Person;
  /** Who looks on and never votes. */
  let wim: Person;
  let tapes: Map<Person, Tape>;
  /** What only those may hear who have voted: who speaks, by any name that the program has for it. */
  let secret: RegExp;
  const asked: Compared[] = [];
  beforeAll(async () => {
    story = await openStory(platform);
    ada = await story.person('Ada');
    team = [ada, ...(await Promise.all(['Ben', 'Cem', 'Dia', 'Eva'].map(story.person)))];
    wim = await story.person('Wim');
    await teach(ada);
    const card = await train(ada, 1);
    // The last that says “tuned” before there is a secret.
    await ada.sees(/@Ada run 1 is done: v1 is ready/, { after: card });
    // Before that no guest: where they read, too, no run is started.
    gus = await story.guest('Gus');
    const { rows } = await story.look(db => db.execute<{ artifact: string }>(sql`select artifact from versions`));
    secret = new RegExp(`\\bbase\\b|tuned|candidate|champion|adapter|\\bv\\d|version|${rows[0].artifact}`, 'i');
    const everybody = [...team, gus, wim];
    tapes = new Map(await Promise.all(everybody.map(async person => [person, await person.record()] as const)));
  });
  afterAll(async () => {
    for (const tape of tapes?.values() ?? []) tape.stop();
    await story?.close();
  });

  it('are asked for on answers that stand now on this side, now on that', async () => {
    const bothWays = () => new Set(asked.map(({ tuned }) => tuned)).size === 2;
    for (const text of QUESTIONS) asked.push(...[await compare(story, ada, text)].flatMap(each => each ?? []));
    // The lot may have fallen alike five times.
    for (const text of MORE) if (!bothWays()) asked.push(...[await compare(story, ada, text)].flatMap(each => each ?? []));
    expect(bothWays()).toBe(true);
    for (const { shown } of asked) expect(shown.text).toContain('[A is better] [B is better] [Tie] [Both bad]');
  });

  it('are blind: nothing that anybody was sent names a speaker', () => {
    for (const person of tapes.keys()) {
      expect(sentTo(person)).toContain('A is better');
      expect(sentTo(person)).not.toMatch(secret);
    }
  });

  it('are blind: apart from the two texts, every byte is the same on whichever side the version stands, and both texts come at once', async () => {
    for (const { shown, a, b } of asked) expect(onOneLine(shown.text)).toContain(onOneLine(`Answer A\n${a}\nAnswer B\n${b}\n`));
    const looks = await Promise.all(
      asked.map(async each => withoutWords(await wim.sees(/\[A is better\]/, { thread: each.question }), each)),
    );
    expect(new Set(looks).size).toBe(1);
    for (const { shown, a, b } of asked) {
      const lines = [longest(a), longest(b)];
      const pieces = tapes
        .get(wim)!
        .pieces()
        .filter(piece => piece.includes(shown.id) && lines.some(line => piece.includes(line)));
      expect(pieces.length).toBeGreaterThan(0);
      for (const piece of pieces) for (const line of lines) expect(piece).toContain(line);
    }
  });

  it('of five people in one second are five; one of them thinks again, and a guest’s counts nowhere', async () => {
    const [{ shown, question }] = asked;
    const labels = ['A is better', 'A is better', 'B is better', 'Tie', 'Both bad'];
    await Promise.all([...team.map((person, i) => person.press(shown, labels[i])), gus.press(shown, 'B is better')]);
    await Promise.all(team.map((person, i) => person.sees(new RegExp(`Your vote: ${labels[i]}\\.`), { privately: true })));
    await gus.sees(/Your vote: B is better.*Guests’ votes do not count/s, { privately: true });
    await ada.press(shown, 'B is better');
    await ada.sees(/Your vote: B is better\./, { privately: true });
    const { text } = await wim.sees(/Votes so far: 5\./, { thread: question });
    expect(text).not.toMatch(/for A|for B/);
  });

  it('tell who was who to the voters, each for themselves, and still to nobody else', () => {
    for (const person of [...team, gus]) expect(sentTo(person)).toMatch(/A was .*; B was /);
    expect(sentTo(wim)).not.toMatch(secret);
    // Each has heard one thing, and only of the question that they voted on.
    for (const person of team.slice(1)) {
      const heard = tapes
        .get(person)!
        .pieces()
        .filter(piece => piece.includes('Your vote: '));
      // Where a message is sent as text and as blocks, or as a toast and a message that stays, it says the same twice.
      expect(new Set(heard.flatMap(piece => piece.match(/Your vote: [^.]*/g))).size).toBe(1);
    }
  });

  it('are counted when the 24 hours are over, and everybody hears who was who', async () => {
    await daysPass(story);
    for (const { question, tuned, shown } of asked) {
      const [a, b] = tuned === 'A' ? ['v1, tuned on your examples', 'the base model'] : ['the base model', 'v1, tuned on your examples'];
      const votes = shown === asked[0].shown ? '1 for A, 2 for B, 1 tie, 1 both bad' : '0 for A, 0 for B, 0 tie, 0 both bad';
      const { id } = await wim.sees(new RegExp(`Closed: A was ${a}; B was ${b}\\. Votes: ${votes}\\.`), { thread: question });
      expect(id).toBe(shown.id);
    }
    await wim.say('/finetune status');
    // For the verdict everybody's first word counts: Ada's was for A.
    const [tuned, base] = asked[0].tuned === 'A' ? [2, 1] : [1, 2];
    await wim.sees(new RegExp(`v1: ${tuned} · the base model: ${base} · tie: 1 · both bad: 1`));
  });

  it('that come a month later are not taken, and hear who was who', async () => {
    const [{ id, shown, tuned }] = asked;
    await story.look(db =>
      db.execute(sql`update questions set closes_at = closes_at - interval '30 days',
      closed_at = closed_at - interval '30 days' where id = ${id}`),
    );
    const late = await story.person('Lot');
    await late.press(shown, 'A is better', { asItWas: true });
    const who = tuned === 'A' ? /A was v1, .*; B was the base model/ : /A was the base model; B was v1/;
    const told = await late.sees(/This comparison is closed, so votes no longer count/, { privately: true });
    expect(told.text).toMatch(who);
    const { rows } = await story.look(db => db.execute(sql`select count(*)::int as votes from votes where question = ${id}`));
    expect(rows).toEqual([{ votes: 6 }]);
  });

  const sentTo = (person: Person): string => tapes.get(person)!.pieces().join('\n');
});

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ');
const longest = (text: string): string => text.split('\n').toSorted((a, b) => b.length - a.length)[0];

/** A message's bytes without what is different for every question: the two answers, what was asked, ids, numbers and times. */
function withoutWords({ id, thread = '', bytes }: Seen, { a, b, question }: Compared): string {
  const lines = `${a}\n${b}`.split('\n').toSorted((one, other) => other.length - one.length);
  return (
    [...lines, question.text.replace('@apprentice ', '')]
      .reduce((left, words) => left.replaceAll(words, 'WORDS'), bytes.replaceAll(id, 'ID').replaceAll(thread, 'ID'))
      // Who had to wait saw a line that says so before.
      .replace(/"edited":\{[^}]*\},?/, '')
      // A card carries the key of its post, which is the question's number.
      .replace(/(?<="element_id":")k[0-9a-f]{19}(?=")/, 'ID')
      .replace(/WORDS(?:\W*(?:br|p|n)?\W*WORDS)*/g, 'WORDS')
      .replace(/\d+/g, '0')
  );
}
