// Forgetting somebody for good: their texts, what was made of them, and their name, all or nothing; then whoever decides is offered a new run.
import type { Card, MessageRef } from '../../chat/chat.ts';
import { recordAudit } from '../../data/audit.ts';
import { quarantine } from '../../data/champions.ts';
import { sourcesOf } from '../../data/chat-examples.ts';
import {
  askAnew,
  eraseExamples,
  eraseIdentity,
  eraseQuestions,
  holdRunsAndVersions,
  textsBy,
  textsOfOthers,
  vacuumErased,
} from '../../data/forget.ts';
import { examplesBehind, openRunOf, versionsMadeOf } from '../../data/lineage.ts';
import { type PersonRow, personById } from '../../data/people.ts';
import { eraseSamplesOf, redactCards, redactPosts, redactQuestions } from '../../data/quoting.ts';
import { requestCancel } from '../../data/runs.ts';
import { piecesOf } from '../../model/quotes.ts';
import { type Lang, say } from '../../words/words.ts';
import { langOf, pressedBy } from '../asked.ts';
import type { Bot } from '../bot.ts';
import { takeReceiptBack } from '../harvest/receipt.ts';
import { langIn } from '../language.ts';
import { type Pressed, placeOf, replyPrivately, sentence } from '../reply.ts';
import { showRun } from '../run/show-run.ts';
import { meantBy, refuseUnlessMayForget } from './confirm.ts';
import { forgottenExt } from './identity.ts';
import { extAgain } from './known-again.ts';
import { offerRetrain } from './offer-retrain.ts';
import { redactedBody, redactionOf } from './redact.ts';

/** The action `forget-for-good`; its value is our number of the person. */
export async function forgetForGood(bot: Bot, event: Pressed): Promise<void> {
  const pressed = await pressedBy(bot, event);
  const meant = await meantBy(bot, event);
  if (!meant) return;
  const lang = await langOf(pressed);
  await refuseUnlessMayForget(bot, pressed.person, meant);
  const self = meant.id === pressed.person.id;
  const { runs, receipts } = await bot.db.transaction(async tx => {
    const inside = { ...bot, db: tx };
    const gone = await forgetPerson(inside, meant, pressed.person, event.key);
    await offerRetrain(inside, { key: `${meant.id}:${event.key}`, place: placeOf(event), ...gone });
    await replyPrivately(inside, event, farewell(lang, self, gone), `farewell:${meant.id}:${event.key}`);
    return gone;
  });
  // Done is done. What is missing of the rest, where it is broken off here, looks and farewells make up for.
  for (const ref of receipts) await takeReceiptBack(bot, ref).catch(problem => bot.report(problem, 'taking a receipt back'));
  for (const id of runs) await showRun(bot, id).catch(problem => bot.report(problem, `showing run ${id}`));
  await vacuumErased(bot.db);
}

function farewell(lang: Lang, self: boolean, { versions, run }: Gone): Card {
  const lines = [
    say(lang, self ? 'forget.done.me' : 'forget.done.other'),
    ...(versions.length > 0 ? [say(lang, 'forget.done.versions', { versions: versions.map(no => `v${no}`).join(', ') })] : []),
    ...(run === undefined ? [] : [say(lang, 'forget.done.run', { no: run })]),
    say(lang, 'forget.limits'),
  ];
  return sentence(lines.join('\n'));
}

/** `versions`, `run`: numbers as people know them; `runs`: ids whose messages say something else now; `champion`: who is, if that changed; `receipts`: messages that bear our sign. */
type Gone = { versions: number[]; runs: number[]; run?: number; champion?: { now?: number }; receipts: MessageRef[] };

/** All of it, in the transaction that `bot.db` is. */
async function forgetPerson(bot: Bot, meant: PersonRow, by: PersonRow, key: string): Promise<Gone> {
  const { db: tx, workspace } = bot;
  await holdRunsAndVersions(tx, workspace.id);
  const person = (await personById(tx, meant.id))!;
  await refuseUnlessMayForget(bot, by, person);
  const ext = await extAgain(bot, person);
  const own = await examplesBehind(tx, person.id);
  const ids = own.map(({ id }) => id);
  const pieces = piecesOf(await textsBy(tx, person.id, own), await textsOfOthers(tx, workspace.id, own));
  const versions = (await versionsMadeOf(tx, ids, 'train')).filter(({ state }) => state !== 'quarantined');
  const tested = await versionsMadeOf(tx, ids, 'any');
  const run = await openRunOf(tx, ids);
  const hash = person.forgottenAt === null ? forgottenExt(bot, ext) : person.ext;
  const actor = by.id === person.id ? hash : by.ext;

  let champion: Gone['champion'];
  for (const version of versions) {
    const done = await quarantine(tx, version.id, 'forgotten', { by: actor, key: `${key}:${version.id}` });
    if (version.state === 'champion') champion = { now: done?.now?.no };
  }
  const goneIds = versions.map(({ id }) => id);
  if (run) await requestCancel(tx, workspace.id, by.id);
  const receipts: MessageRef[] = [];
  for (const id of ids)
    for (const { part, channel, ext } of await sourcesOf(tx, id)) if (part === 'answer') receipts.push({ channel, id: ext });
  await eraseSamplesOf(tx, ids);
  await eraseExamples(tx, own);
  const questions = new Set(await eraseQuestions(tx, person.id));
  await askAnew(tx, workspace.id, goneIds);
  const redaction = redactionOf(pieces);
  await redactQuestions(tx, workspace.id, redaction);
  await redactCards(tx, workspace.id, goneIds, redaction);
  await eraseIdentity(tx, { ...person, ext }, hash);
  await redactPosts(tx, workspace.id, async post =>
    redactedBody(
      await langIn(bot, post.channel),
      post,
      { ...person, ext },
      pieces,
      isTheirs(post.key, person.id, { questions, examples: new Set(ids) }),
    ),
  );
  const detail = { examples: own.length, questions: questions.size, versions: versions.map(({ no }) => no) };
  await recordAudit(tx, { workspace: workspace.id, actor, verb: 'forget', object: `person ${person.id}`, detail });
  return { versions: versions.map(({ no }) => no), runs: tested.map(version => version.run), run: run?.no, champion, receipts };
}

/** A question of theirs with its answers and its closing line, what we posted for them, and pieces of a text of theirs that had secrets. */
function isTheirs(key: string, person: number, { questions, examples }: { questions: Set<number>; examples: Set<number> }): boolean {
  const [, masked, id] = /^(masked|masked-file):(\d{1,15}):/.exec(key) ?? [];
  if (masked) return masked === 'masked' ? examples.has(Number(id)) : Number(id) === person;
  const [, kind, first, second] = /^(question|closed|better|report):(\d{1,15})(?::(\d{1,15}))?$/.exec(key) ?? [];
  if (kind === 'question' || kind === 'closed') return questions.has(Number(first));
  return kind !== undefined && (Number(second) === person || questions.has(Number(first)));
}
