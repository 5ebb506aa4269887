// The bot asked by people in a real room on a real Postgres; the worker is played by the test, through the rows that a worker writes.

import { claimRun } from '../../src/data/claims.ts';
import { approvedExamples, importExamples } from '../../src/data/examples.ts';
import { findPerson } from '../../src/data/people.ts';
import { moveRun } from '../../src/data/progress.ts';
import { claimQuestion, type NewAnswer, saveAnswers } from '../../src/data/questions.ts';
import { startRun } from '../../src/data/runs.ts';
import { finishRun, type NewVersion, type VersionRow } from '../../src/data/versions.ts';
import { until } from './room.ts';
import { someExamples } from './rows.ts';
import { type Heard, openTalk } from './talk.ts';

export type Asking = Awaited<ReturnType<typeof openAsking>>;

/** Ann, Ben and Cy, and Gus, a guest. `end()` it in afterAll. */
export async function openAsking() {
  const talk = await openTalk();
  const { database, test } = talk;
  const { room, person, team } = test;
  const { db, pool } = database;
  await room.addPerson('Cy');
  await room.addPerson('Gus', { guest: true });
  const one = async (query: string, values: unknown[] = []) => (await pool.query(query, values)).rows[0];
  const workspace = await until(async () => Number((await one('select id from workspaces'))?.id), 'the workspace');
  let runs = 0;

  /** A finished run's version: the newest candidate, unless it is `blocked`. */
  async function version(made: Pick<Partial<NewVersion>, 'card' | 'blocked'> = {}): Promise<VersionRow> {
    await talk.say('Ann', '/finetune status');
    const ann = await until(() => findPerson(db, workspace, person('Ann')), 'Ann');
    if (runs++ === 0) await importExamples(db, workspace, ann.id, someExamples(6));
    const members = (await approvedExamples(db, workspace)).map(({ revision }) => ({ revision, part: 'train' as const }));
    const run = await startRun(db, workspace, { requestedBy: ann.id, channel: team.channel, members });
    const { claim } = (await claimRun(db, run.id, 'w'))!;
    await moveRun(db, claim, 'training');
    await moveRun(db, claim, 'evaluating');
    const card = { evaluation: {} };
    return finishRun(db, claim, { baseFingerprint: 'f', artifact: `a${run.id}`, folder: 'x', rank: 4, card, samples: [], ...made });
  }

  /** Says it and gives the message and the question that it has become. */
  async function ask(name: string, text: string, place: { channel?: string; thread?: string } = {}) {
    const before = Number((await one('select coalesce(max(id), 0) as id from questions')).id);
    const { channel = team.channel, thread } = place;
    const { entry } = await room.say(person(name), { channel, ...(thread && { thread }) }, text);
    const question = await until(
      async () => Number((await one('select max(id) as id from questions where id > $1', [before])).id),
      `a question: ${text}`,
    );
    return { question, message: entry.kind === 'said' ? entry.message.id : '' };
  }

  /** The worker answers. `null` is the base; two texts are a comparison, the first of them side A. */
  async function answer(
    question: number,
    texts: [version: number | null, text: string][],
    more: { nearExample?: number; comparison?: boolean } = {},
  ) {
    const sides = texts.length === 1 ? (['only'] as const) : (['A', 'B'] as const);
    const answers = texts.map(
      ([version, text], i): NewAnswer => ({ version: version ?? undefined, side: sides[i], text, tokens: 3, ms: 5, stop: 'end' }),
    );
    const { claim } = (await claimQuestion(db, question, 'w'))!;
    await saveAnswers(db, claim, { comparison: texts.length > 1, answers, ...more });
    const words = texts.map(([, text]) => text.trim()).find(text => text !== '') ?? '';
    return says(`question:${question}`, new RegExp(words.slice(0, 60).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  }

  const heardAs = (key: string): Heard | undefined => {
    const id = room.state.keys.get(key);
    return id === undefined ? undefined : talk.all().find(message => message.id === id);
  };
  const says = (key: string, pattern: RegExp) =>
    until(() => {
      const heard = heardAs(key);
      return heard && pattern.test(heard.text) ? heard : undefined;
    }, `${key} to say ${pattern}`);
  /** The message of a question, once it says that. */
  const shows = (question: number, pattern: RegExp) => says(`question:${question}`, pattern);
  /** What only a voter sees of their vote, once it says that. */
  const ballot = async (name: string, question: number, pattern: RegExp) => {
    const voter = await until(() => findPerson(db, workspace, person(name)), name);
    return says(`vote:${question}:${voter.id}`, pattern);
  };

  /** Presses the button of a question's message (or of a message) that is labelled so. */
  async function press(name: string, message: string, label: string, fields?: Record<string, string>) {
    const buttons = room.state.messages.get(message)!.card!.parts.flatMap(part => ('buttons' in part ? part.buttons : []));
    const { action, value } = buttons.find(button => button.label === label)!;
    return (await room.press({ person: person(name), message, action, value, fields })).heard;
  }

  /** What only `name` was told, newest last. */
  const told = (name: string) => talk.all().filter(({ to }) => to === name);
  const tells = (name: string, pattern: RegExp) =>
    until(() => told(name).findLast(({ text }) => pattern.test(text)), `${name} to be told ${pattern}`);
  const direct = (name: string) =>
    [...room.state.channels.values()].find(({ kind, members }) => kind === 'direct' && members?.includes(person(name)))!.id;
  const turnsOf = async (question: number) =>
    (await one('select turns from questions where id = $1', [question])).turns as { role: string; content: string }[];

  return {
    ...talk,
    room,
    person,
    channel: team.channel,
    workspace,
    one,
    version,
    ask,
    answer,
    says,
    shows,
    ballot,
    press,
    told,
    tells,
    direct,
    turnsOf,
  };
}
