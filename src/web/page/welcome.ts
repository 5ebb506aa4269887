// What stands in a channel before anybody said anything: the three steps.
import { h, withCode } from './dom.ts';
import { icon } from './icons.ts';
import { t } from './sentences.ts';

export function welcome(bot: string): HTMLElement {
  const steps = [1, 2, 3].map(step => h('li', {}, h('span', {}, ...withCode(t(`welcome.${step}`, { bot })))));
  return h(
    'div',
    { class: 'welcome' },
    h('span', { class: 'logo big' }, icon('sprout', 34)),
    h('h2', {}, t('welcome', { bot })),
    h('ol', {}, ...steps),
  );
}
