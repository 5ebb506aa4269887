// `/finetune examples [page]`: what the bot learns from, ten a page, each with its people and the way to its message.
import type { Button, Card } from '../../chat/chat.ts';
import { countListed, examplesPage, type ListedExample } from '../../data/example-pages.ts';
import { Refusal } from '../../problem.ts';
import { type Lang, say } from '../../words/words.ts';
import { langOf, type Wanted } from '../asked.ts';
import { called } from '../called.ts';
import { replyPrivately, sentence } from '../reply.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';
import { shortOf } from '../short.ts';

const PAGE = 10;

/** Throws Refusal for a page beyond the last. */
export async function listExamples(wanted: Wanted, page: number): Promise<void> {
  const { bot, event } = wanted;
  await refuseUnlessMay(wanted, 'examples');
  const lang = await langOf(wanted);
  const total = await countListed(bot.db, bot.workspace.id);
  if (total === 0) return replyPrivately(bot, event, sentence(say(lang, 'examples.none')));
  const pages = Math.ceil(total / PAGE);
  if (page > pages) throw new Refusal('examples.no-page', { page, pages });
  const examples = await examplesPage(bot.db, bot.workspace.id, page, PAGE);
  await replyPrivately(bot, event, examplesCard(lang, examples, page, pages));
}

function examplesCard(lang: Lang, examples: ListedExample[], page: number, pages: number): Card {
  const turn = (label: string, to: number): Button[] =>
    to < 1 || to > pages ? [] : [{ label: say(lang, label), action: 'show-examples', value: String(to) }];
  const exported: Button = { label: say(lang, 'examples.export'), action: 'export', value: '' };
  const buttons = [...turn('examples.previous', page - 1), ...turn('examples.next', page + 1), exported];
  return {
    title: say(lang, 'examples.title', { page, pages }),
    parts: [{ markdown: examples.map(example => lineOf(lang, example)).join('\n') }, { buttons }],
  };
}

function lineOf(lang: Lang, example: ListedExample): string {
  const { no, kind, origin, state, author, permalink, approvers } = example;
  const name = called(lang, author);
  const about = [
    say(lang, `examples.kind.${kind}`),
    say(lang, origin === 'import' ? 'examples.file' : 'examples.by', { name }),
    ...(origin !== 'import' && approvers.length ? [say(lang, 'examples.approved-by', { names: approvers.join(', ') })] : []),
    ...(permalink ? [say(lang, 'examples.message', { link: permalink })] : []),
    ...(state === 'approved' ? [] : [`**${say(lang, `examples.state.${state}`)}**`]),
  ];
  return `- **#${no}** ${firstWords(example) ?? say(lang, 'examples.hidden')}\n  ${about.join(' · ')}`;
}

const SHOWN_CHARACTERS = 60;

/**
 * The beginning of the question (of a report: of the report itself, since requests are all alike), without mark-up.
 * Undefined where there is no text yet, and for what was retired: its author may have said no.
 */
export function firstWords({ kind, state, instruction, output }: Pick<ListedExample, 'kind' | 'state' | 'instruction' | 'output'>) {
  const text = kind === 'report' ? output : instruction;
  if (!text || state === 'retired' || state === 'pending') return undefined;
  const [line] = text.trim().split('\n', 1);
  return shortOf(line.replace(/[*_`[\]<>#|\\]+/gu, ''), SHOWN_CHARACTERS);
}
