// Makes the rows of one example agree with its messages as a look saw them: approvals, text, state; in one transaction.
import { createHmac } from 'node:crypto';
import {
  carryApprovals,
  giveApproval,
  OF_NO_TEXT,
  standingApprovals,
  voidUnkeptApprovals,
  withdrawApprovals,
} from '../../data/approvals.ts';
import type { ChannelRow } from '../../data/channels.ts';
import {
  addRevision,
  addSource,
  type ChatExample,
  lastRevision,
  lockExample,
  makeChatExample,
  type Revision,
  type RowText,
} from '../../data/chat-examples.ts';
import { holdConsents } from '../../data/consent.ts';
import type { Db } from '../../data/database.ts';
import { type ExampleState, moveExample } from '../../data/example-states.ts';
import { markDirty } from '../../data/messages.ts';
import { findPerson, type PersonRow } from '../../data/people.ts';
import { languageOf } from '../../model/language.ts';
import { mayLearn } from '../../model/may-learn.ts';
import { throughGate } from '../../model/secret-gate.ts';
import type { SecretCounts } from '../../model/secrets/mask.ts';
import type { Problem } from '../../problem.ts';
import { type Bot, knownPerson } from '../bot.ts';
import { learnFacts, mayCount, ofApproverAlone } from './authority.ts';
import type { Conversation } from './conversation.ts';
import { judge } from './judge.ts';
import { type Kept, keepMessages } from './keep-messages.ts';
import { maskEarlier } from './mask-earlier.ts';
import { asPeopleAreNow } from './people-now.ts';
import { recordMove } from './record.ts';
import { isSameRow, rowOf, saysTheSame } from './row.ts';
import type { Spoken } from './spoken.ts';

/** What a look saw: the messages, or that some of them can be seen no more. */
export type Seen = {
  channel: ChannelRow;
  author: PersonRow;
  talk: Conversation;
  /** Everybody who wrote a message of it, by the platform's id. */
  writers: Map<string, PersonRow>;
  /** All messages of the example can be seen. */
  sources: boolean;
  /** People whose ✅ is known to be given to the text as it is now. */
  renewed?: Set<string>;
  /** Who agrees to learn the text with its secrets masked, as that text was shown to them (`MaskedText.mark`). */
  agreed?: { person: string; mark: string };
  /** What the example is, or becomes; without it, one that was said in the chat. */
  origin?: ChatExample['origin'];
};
/** A text whose secrets the gate has masked. `mark` tells it from every other text, and nothing else; `waiting`: whose ✅ does not count for it yet. */
export type MaskedText = { row: RowText; counts: SecretCounts; mark: string; waiting: { ext: string; at: Date }[] };
export type Settled = {
  id: number;
  before: ExampleState | undefined;
  now: ExampleState;
  /** number of the newest approved text; 0 = none yet */
  revision: number;
  /** messages of the answer */
  answers: number[];
  /** whose ✅ does not count, and why */
  refused: { person: PersonRow; problem: Problem }[];
  /** who approved of an earlier text and not of this one (the platform's ids) */
  outdated: string[];
  /** The text as it may be kept, where it has secrets and too few people have agreed to that. */
  masked?: MaskedText;
};

/**
 * Settles the example `known`, or makes a pending one of what was seen. Undefined where there is nothing to keep:
 * no example yet, and nobody whose ✅ counts.
 */
export async function settle(bot: Bot, known: number | undefined, seen: Seen): Promise<{ settled?: Settled; refused: Settled['refused'] }> {
  // People are asked of the chat before the transaction: nothing in it waits for anything but the database.
  const standing = known === undefined ? [] : await standingApprovals(bot.db, known);
  const approvers = await Promise.all(
    approverIds(seen.talk.answer).map(async ext => {
      // Authority is judged when a ✅ is given: of those that stand nothing new is asked.
      const stands = standing.some(approval => approval.ext === ext) && (await findPerson(bot.db, bot.workspace.id, ext));
      return stands || knownPerson(bot, ext);
    }),
  );
  const facts = learnFacts(seen);
  const verdicts = await Promise.all(approvers.map(person => mayCount(bot, seen.channel, facts, seen.author, person)));
  const no = approvers.flatMap((person, i) => ('no' in verdicts[i] ? [{ person, problem: verdicts[i].no }] : []));
  // Whose ✅ stood before was told then; that learning was switched off since is said to the whole channel.
  const refused = no.filter(({ person }) => !standing.some(({ ext }) => ext === person.ext));
  if (known === undefined && refused.length === approvers.length) return { refused };
  // A ✅ that was given while its author had said no, or while learning was off, counts as soon as that is over.
  const authority = await Promise.all(approvers.map(person => mayCount(bot, seen.channel, ofApproverAlone(facts), seen.author, person)));
  const counts = new Map(approvers.map((person, i) => [person.ext, { person, counts: 'yes' in authority[i] }]));
  const settled = await bot.db.transaction(tx => settleRows(bot, tx, known, seen, counts));
  return { ...(settled && { settled: { ...settled, refused } }), refused };
}

/** Everybody who approves of one of these messages, each once. */
export const approverIds = (messages: Spoken[]): string[] => [...new Set(messages.flatMap(({ approvedBy }) => approvedBy))];

type Approvers = Map<string, { person: PersonRow; counts: boolean }>;

async function settleRows(
  bot: Bot,
  tx: Db,
  known: number | undefined,
  looked: Seen,
  approvers: Approvers,
): Promise<Omit<Settled, 'refused'> | undefined> {
  await holdConsents(tx, bot.workspace.id, known === undefined);
  const seen = await asPeopleAreNow(tx, looked);
  // Who wrote it was forgotten, or said no, since the look began.
  if (known === undefined && 'no' in mayLearn(learnFacts(seen))) return undefined;
  // The example before its messages, as whoever takes it back locks them (data/consent.ts): the other way round they would wait for each other.
  const before = known === undefined ? undefined : await lockExample(tx, known);
  if (before?.state === 'erased') return { id: before.id, before: 'erased', now: 'erased', revision: 0, answers: [], outdated: [] };
  const kept = await keepMessages(bot, tx, seen);
  const made = known === undefined ? await makeExample(bot, tx, seen, kept) : { id: known, made: false };
  const example = await lockExample(tx, made.id);
  for (const { id, part } of kept) await addSource(tx, example.id, id, part);
  const last = await lastRevision(tx, example.id);
  const said = seen.sources ? rowOf(seen.talk, { name: seen.author.name ?? '', tz: seen.author.tz ?? bot.workspace.tz }, last) : last;
  const { text, masked } = said ? keepable(said) : {};
  // What was kept before something was known to be a secret says the same as it says without.
  const same = last !== undefined && text !== undefined && saysTheSame(keepable(last).text ?? last, text);
  const target = (last?.n ?? 0) + (same ? 0 : 1);
  const edited = !made.made && !same && kept.some(message => message.edited);
  // While a message is out of sight nobody knows who approves of it: what stood stands.
  const mark = seen.sources && text && masked ? markOf(bot, text) : undefined;
  const withdrawn = seen.sources ? await agreeOnApprovals(tx, example, { approvers, seen, mark, target, last: last?.n ?? 0, edited }) : [];

  const standing = (await standingApprovals(tx, example.id)).filter(({ counts }) => counts);
  const { state, why } = judge({
    removed: example.state === 'retired' && example.why === 'byHand',
    sources: seen.sources,
    allowed: !seen.sources || (text !== undefined && 'yes' in mayLearn(learnFacts(seen))),
    standing: standing.length,
    ofThisText: standing.filter(({ revision }) => revision === target).length,
    needed: seen.channel.needed,
    edited: last !== undefined && !same,
  });
  const final = example.state === 'erased' || example.state === 'refused';
  const now = final ? example.state : state;
  const revision =
    now === 'approved'
      ? await keepText(tx, example, { ...text!, n: target, masked: masked ?? null }, last, seen.author.id)
      : (last?.n ?? 0);
  const answers = kept.filter(({ part }) => part === 'answer').map(({ id }) => id);
  const moved = now !== example.state && (await moveExample(tx, example.id, now, why));
  const ofThisText = standing.filter(({ revision }) => revision === target);
  if (moved) await recordMove(tx, example, now, { withdrawn, standing: ofThisText });
  // The receipt is shown after this transaction: until it is, the messages stay to be looked at.
  if (moved || made.made) await markDirty(tx, answers);
  const waits = now === 'pending' || now === 'stale' || (now === 'retired' && why === 'byHand');
  const outdated = standing.filter(approval => approval.revision !== target);
  return {
    id: example.id,
    before: made.made ? undefined : example.state,
    now,
    revision,
    answers,
    outdated: outdated.map(({ ext }) => ext),
    ...(mark && text && masked && waits && { masked: { row: text, counts: masked, mark, waiting: outdated } }),
  };
}

function makeExample(bot: Bot, tx: Db, { channel, author, talk, origin }: Seen, kept: Kept[]): Promise<{ id: number; made: boolean }> {
  const [first] = talk.answer;
  // One thread, or one question, is one cluster.
  const thread = `${channel.ext}/${first.thread ?? talk.question?.ref.id ?? first.ref.id}`;
  return makeChatExample(tx, {
    workspace: bot.workspace.id,
    kind: talk.kind,
    answer: kept[0].id,
    question: kept.find(({ part }) => part === 'question')?.id,
    author: author.id,
    thread,
    ...(origin && { origin }),
  });
}

/** A row as the gate lets it through, with what it masked; nothing where it lets none through. */
function keepable(row: RowText): { text?: RowText; masked?: SecretCounts } {
  const gated = throughGate(row);
  return 'row' in gated ? { text: gated.row, ...(gated.masked && { masked: gated.masked }) } : {};
}

const markOf = (bot: Bot, { instruction, input, output }: RowText): string =>
  createHmac('sha256', bot.splitKey)
    .update(`masked\n${JSON.stringify([instruction, input, output])}`)
    .digest('hex')
    .slice(0, 16);

/** `mark`: of the text that is kept instead of the one that stands there, which has secrets. */
type Agreement = { approvers: Approvers; seen: Seen; mark?: string; target: number; last: number; edited: boolean };

/**
 * Who is seen to approve no more has withdrawn; who is seen for the first time approves of the text that stands there, unless that was
 * edited since the look before: then nobody knows which text was approved, and the ✅ counts for none. Nor does a ✅ on a text with
 * secrets: the text without them is approved by whoever has seen it. Gives who has withdrawn, by the platform's ids.
 */
async function agreeOnApprovals(
  tx: Db,
  { id }: ChatExample,
  { approvers, seen, mark, target, last, edited }: Agreement,
): Promise<string[]> {
  const { renewed, agreed } = seen;
  const hasRead = (ext: string) => (mark ? agreed?.mark === mark && agreed.person === ext : renewed?.has(ext) === true);
  if (edited) await voidUnkeptApprovals(tx, id, last);
  const standing = await standingApprovals(tx, id);
  const withdrawn = standing.filter(({ ext }) => !approvers.has(ext));
  await withdrawApprovals(
    tx,
    id,
    withdrawn.map(({ person }) => person),
  );
  for (const [ext, { person, counts }] of approvers) {
    const isNew = !standing.some(approval => approval.ext === ext);
    if (isNew || hasRead(ext)) {
      const revision = (edited || mark) && !hasRead(ext) ? OF_NO_TEXT : target;
      await giveApproval(tx, { example: id, person: person.id, revision, counts, mark: '✅' });
    }
  }
  return withdrawn.map(({ ext }) => ext);
}

/** Keeps the approved text; one that says the same becomes a revision silently, and its approvals come along. */
async function keepText(
  tx: Db,
  { id, workspace }: ChatExample,
  text: Revision & { masked: SecretCounts | null },
  last: Revision | undefined,
  author: number,
): Promise<number> {
  if (last && isSameRow(last, text)) return last.n;
  const silent = last !== undefined && last.n === text.n;
  const n = silent ? last.n + 1 : text.n;
  await addRevision(tx, id, { ...text, n, lang: languageOf(text.output), madeBy: author });
  await maskEarlier(tx, workspace, id);
  if (silent) await carryApprovals(tx, id, last.n, n);
  return n;
}
