// `/finetune list`: every version with its held-out loss and what it does now.
import { listVersions } from '../data/versions.ts';
import type { Evaluation } from '../model/report-card.ts';
import { say } from '../words/words.ts';
import type { Asked } from './asked.ts';
import { loss } from './figures.ts';
import { langIn } from './language.ts';
import { post, sentence } from './reply.ts';

export async function listVersionsOf({ bot, event }: Asked): Promise<void> {
  const lang = await langIn(bot, event.place.channel);
  const versions = await listVersions(bot.db, bot.workspace.id);
  const key = `list:${event.key}`;
  if (versions.length === 0) return post(bot, key, event.place, sentence(say(lang, 'list.none')));
  const facts = versions.map((version): [string, string] => {
    const { base, tuned } = (version.card as unknown as { evaluation: Evaluation }).evaluation;
    const line = say(lang, 'list.row', {
      base: base.loss === null ? '–' : loss(base.loss),
      tuned: tuned?.loss == null ? '–' : loss(tuned.loss),
      state: say(lang, `version.${version.state}`),
      date: version.madeAt.toISOString().slice(0, 10),
    });
    return [`v${version.no}`, line];
  });
  await post(bot, key, event.place, { title: say(lang, 'list.title'), parts: [{ facts }] });
}
