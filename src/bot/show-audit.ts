// `/finetune audit [page]`: who did what to examples, runs, versions and settings; for admins, and only they see it.
import { type AuditRow, auditPage } from '../data/audit.ts';
import { findChannel } from '../data/channels.ts';
import { personById } from '../data/people.ts';
import { Refusal } from '../problem.ts';
import { isWord, type Lang, say } from '../words/words.ts';
import { langOf, type Wanted } from './asked.ts';
import type { Bot } from './bot.ts';
import { called } from './called.ts';
import { idOf, replyPrivately, sentence } from './reply.ts';
import { refuseUnlessMay } from './rights/may-do.ts';

const PAGE = 20;

/** Throws a Refusal for who is no admin, and for a page that is not there. */
export async function showAudit(wanted: Wanted, page: number): Promise<void> {
  const { bot, event } = wanted;
  await refuseUnlessMay(wanted, 'audit');
  const lang = await langOf(wanted);
  const { rows, total } = await auditPage(bot.db, bot.workspace.id, page, PAGE);
  if (total === 0) return replyPrivately(bot, event, sentence(say(lang, 'audit.none')));
  const pages = Math.ceil(total / PAGE);
  if (page > pages) throw new Refusal('audit.no-page', { page, pages });
  const lines = await Promise.all(rows.map(row => lineOf(bot, lang, row)));
  const turn = (label: string, to: number) =>
    to < 1 || to > pages ? [] : [{ label: say(lang, label), action: 'show-audit', value: String(to) }];
  const buttons = [...turn('examples.previous', page - 1), ...turn('examples.next', page + 1)];
  const parts = [{ markdown: lines.join('\n') }, ...(buttons.length > 0 ? [{ buttons }] : [])];
  await replyPrivately(bot, event, { title: say(lang, 'audit.title', { page, pages }), parts });
}

async function lineOf(bot: Bot, lang: Lang, { at, actor, name, verb, object, detail }: AuditRow): Promise<string> {
  const when = at.toISOString().slice(0, 16).replace('T', ' ');
  const counts = Object.entries(detail).flatMap(([key, n]) =>
    typeof n === 'number' ? named(lang, `audit.count.${key}`, `${key} ${n}`, { n }) : [],
  );
  const what = [`\`${named(lang, `audit.verb.${verb}`, verb)}\``, await objectIn(bot, lang, object), ...counts].filter(Boolean).join(' · ');
  return say(lang, 'audit.line', { when, name: name ?? actorIn(lang, actor), what });
}

/** `run 3`, `exam question 2`, `examples`. */
function thingIn(lang: Lang, object: string): string {
  const [, name, no = ''] = /^(.+?)(?: (\d+))?$/u.exec(object) ?? [];
  return named(lang, `audit.object.${name?.replaceAll(' ', '-')}`, object, { no });
}

/** The words for `code`; what has none (a row of another version of the program) stands there as it is. */
const named = (lang: Lang, code: string, otherwise: string, values: Record<string, string | number> = {}): string =>
  isWord(code) ? say(lang, code, values) : otherwise;

/** Who is no person, or none any more, in words; what stands there as a setting's name stays. */
function actorIn(lang: Lang, actor: string): string {
  if (actor === 'author') return say(lang, 'audit.author');
  if (actor === 'chat') return say(lang, 'audit.chat');
  return actor.startsWith('forgotten-') ? say(lang, 'audit.forgotten') : actor;
}

/** `channel C1` and `person 12` by name, everything else as it stands there. */
async function objectIn(bot: Bot, lang: Lang, object: string): Promise<string> {
  const [, kind, id] = /^(channel|person) (\S+)$/u.exec(object) ?? [];
  if (kind === 'channel') return `#${(await findChannel(bot.db, bot.workspace.id, id))?.name || id}`;
  if (kind !== 'person') return thingIn(lang, object);
  const person = await personById(bot.db, idOf(id));
  const known = person?.workspace === bot.workspace.id ? person.name : undefined;
  return called(lang, known);
}
