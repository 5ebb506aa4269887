// What stands in a channel before anybody said anything: how to begin, and a team to try it on.
import { h, withCode } from './dom.ts';
import { icon } from './icons.ts';
import { language, t } from './sentences.ts';
import { type LoadTeam, teamButtons } from './team.ts';

export function welcome(bot: string, stories: string[], load: LoadTeam): HTMLElement {
  const steps = [1, 2, 3].map(step => h('li', {}, h('span', {}, ...withCode(t(`welcome.${step}`, { bot })))));
  const buttons = teamButtons(stories, load);
  return h(
    'div',
    { class: 'welcome', 'data-look': [language(), ...stories].join(' ') },
    h('span', { class: 'logo big' }, icon('sprout', 34)),
    h('h2', {}, t('welcome', { bot })),
    h('ol', {}, ...steps),
    buttons.length > 0 && h('div', { class: 'try' }, h('p', {}, t('team.why')), h('div', { class: 'buttons' }, ...buttons)),
  );
}
