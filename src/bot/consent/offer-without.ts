// Somebody takes back that they may be learned from, and a version that speaks has learned it: whoever decides may train one without. Never by whom.
import type { Card, Place } from '../../chat/chat.ts';
import type { MadeOf } from '../../data/lineage.ts';
import { type Lang, paragraph, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { tellAdmins } from '../rights/tell-admins.ts';
import { countLearnable } from './learnable.ts';

/** `versions` have learned it; `run` is learning it now. Nobody hears anything where none of them speaks or will; of each version once. */
export async function offerWithout(bot: Bot, place: Place, versions: MadeOf[], run?: { no: number }): Promise<void> {
  const speaking = versions.filter(({ state }) => state === 'candidate' || state === 'champion').map(({ no }) => `v${no}`);
  if (speaking.length === 0 && !run) return;
  const { qa, report } = await countLearnable(bot);
  const key = `retrain-without:${[...speaking, ...(run ? [`run${run.no}`] : [])].join('+')}`;
  await tellAdmins(bot, key, place, lang => card(lang, speaking, qa + report, run));
}

function card(lang: Lang, versions: string[], total: number, run?: { no: number }): Card {
  const lines = [
    say(lang, 'without.why'),
    ...(versions.length > 0 ? [say(lang, 'without.versions', { versions: versions.join(', ') })] : []),
    ...(run ? [say(lang, 'without.run', { no: run.no })] : []),
    say(lang, 'retrain.next', { total }),
  ];
  // While a run is open another one cannot be started.
  const buttons = run
    ? []
    : [{ buttons: [{ label: say(lang, 'retrain.start'), action: 'start-run', value: '', style: 'primary' as const }] }];
  return { title: '', parts: [{ markdown: paragraph(lang, lines) }, ...buttons] };
}
