// `/finetune mine`: everything that is held about the person who asks, with the way to each message and the versions that learned it.
import type { Button, Card } from '../../chat/chat.ts';
import { countHeld, type Held } from '../../data/held.ts';
import { examplesBehind, type OwnExample, versionsMadeOf } from '../../data/lineage.ts';
import { type Lang, say } from '../../words/words.ts';
import { langOf, type Wanted } from '../asked.ts';
import { replyPrivately } from '../reply.ts';

/** So many examples are named one by one; the rest is counted. */
const NAMED = 20;

type Mine = { consent: 'unset' | 'in' | 'out'; held: Held; examples: (OwnExample & { versions: number[] })[] };

export async function mine(wanted: Wanted): Promise<void> {
  const { bot, event, person } = wanted;
  const own = await examplesBehind(bot.db, person.id);
  const examples: Mine['examples'] = [];
  for (const example of own.slice(-NAMED).reverse()) {
    const versions = (await versionsMadeOf(bot.db, [example.id], 'train')).map(({ no }) => no);
    examples.push({ ...example, versions });
  }
  const held = await countHeld(bot.db, person.id);
  await replyPrivately(bot, event, mineCard(await langOf(wanted), { consent: person.consent, held, examples }, own.length));
}

function mineCard(lang: Lang, { consent, held, examples }: Mine, total: number): Card {
  const lines = examples.map(example => lineOf(lang, example));
  const more = total > examples.length ? [say(lang, 'mine.more', { more: total - examples.length })] : [];
  const button = (code: string, action: string, value: string): Button => ({ label: say(lang, code), action, value });
  return {
    title: say(lang, 'mine.title'),
    parts: [
      { markdown: say(lang, `mine.consent.${consent}`) },
      { facts: (['questions', 'votes', 'approvals'] as const).map(what => [say(lang, `mine.${what}`), String(held[what])]) },
      { markdown: total === 0 ? say(lang, 'mine.none') : [say(lang, 'mine.examples', { total }), ...lines, ...more].join('\n') },
      {
        buttons: [
          consent === 'out' ? button('consent.again', 'consent', 'in') : button('consent.no', 'consent', 'out'),
          { ...button('mine.forget', 'forget', ''), style: 'danger' },
        ],
      },
    ],
  };
}

/** What somebody wrote of a report has names of its own. */
const PART_OF_REPORT = { question: 'request', answer: 'report', notes: 'notes' } as const;

function lineOf(lang: Lang, { no, kind, parts, permalink, state, versions }: Mine['examples'][number]): string {
  const about = [
    ...(parts.length === 0
      ? [say(lang, 'mine.part.file')]
      : parts.map(part => say(lang, `mine.part.${kind === 'report' ? PART_OF_REPORT[part] : part}`))),
    ...(permalink ? [say(lang, 'examples.message', { link: permalink })] : []),
    ...(state === 'approved' ? [] : [say(lang, `examples.state.${state}`)]),
    versions.length > 0 ? say(lang, 'mine.learned', { versions: versions.map(no => `v${no}`).join(', ') }) : say(lang, 'mine.unlearned'),
  ];
  return `- **#${no}** ${about.join(' · ')}`;
}
