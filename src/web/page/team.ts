// The buttons that bring a sample team into the chat: the one in the page's language first, the other as a second team.
import { h } from './dom.ts';
import { icon } from './icons.ts';
import { language, t } from './sentences.ts';

/** Resolves when it is there. */
export type LoadTeam = (lang: string) => Promise<unknown>;

/** One for each team that is not there yet; `quiet`: none of them stands out. */
export function teamButtons(stories: string[], load: LoadTeam, quiet = false): HTMLElement[] {
  const first = language() === 'zh' ? 'zh' : 'en';
  const second = first === 'zh' ? 'en' : 'zh';
  return [first, second]
    .filter(lang => !stories.includes(`sample-team:${lang}`))
    .map(lang => teamButton(lang, lang === first, quiet, load));
}

export const hasTeam = (stories: string[]): boolean => stories.some(story => story.startsWith('sample-team:'));

function teamButton(lang: string, main: boolean, quiet: boolean, load: LoadTeam): HTMLElement {
  const button: HTMLButtonElement = h(
    'button',
    {
      type: 'button',
      class: `button ${main && !quiet ? 'primary' : ''}`,
      'data-key': `team ${lang}`,
      onclick: async () => {
        if (button.getAttribute('aria-busy') === 'true') return;
        button.setAttribute('aria-busy', 'true');
        await load(lang);
        button.removeAttribute('aria-busy');
      },
    },
    icon('team', 17),
    t(main ? 'team.load' : `team.load.${lang}`),
  );
  return button;
}
