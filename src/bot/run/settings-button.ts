// [Settings …]: beside every [Start], for who wants other settings than the recipe's.
import type { Button } from '../../chat/chat.ts';
import { type Lang, say } from '../../words/words.ts';

/** `run`: the id of the run that waits for [Start], in whose place the new one is to go. */
export const settingsButton = (lang: Lang, run?: number): Button => ({
  label: say(lang, 'settings.button'),
  action: 'start-with',
  value: run === undefined ? '' : String(run),
  form: true,
});
