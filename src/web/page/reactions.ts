// The reactions below a message: people's emojis can be joined and left with a press, the bot's own signs say in words what they mean.
import type { ViewMessage } from '../../chat/local/view.ts';
import { h } from './dom.ts';
import { type IconName, icon } from './icons.ts';
import type { SeenRoom } from './seen-room.ts';
import { t } from './sentences.ts';

/** ✅ approves; the others are for the mood. */
export const APPROVAL = '✅';
export const PICKER = [APPROVAL, '👀', '🎉', '👍', '❤️'];
const OWN_SIGNS: Record<string, IconName> = { seen: 'eye', kept: 'sprout', working: 'glass' };

export type React = (message: ViewMessage, sign: string, on: boolean) => void;

export function reactionRow(room: SeenRoom, message: ViewMessage, react: React): HTMLElement | undefined {
  if (message.reactions.length === 0) return undefined;
  return h('div', { class: 'reactions' }, ...message.reactions.map(({ sign, people }) => chip(room, message, sign, people, react)));
}

function chip(room: SeenRoom, message: ViewMessage, sign: string, people: string[], react: React): HTMLElement {
  const own = OWN_SIGNS[sign];
  if (own) return h('span', { class: `reaction own sign-${sign}` }, icon(own, 14), t(`sign.${sign}`));
  const mine = people.includes(room.me);
  const who = people.map(id => room.people.get(id)?.name ?? '…').join(', ');
  return h(
    'button',
    {
      type: 'button',
      class: 'reaction',
      'data-key': `reaction ${sign}`,
      title: who,
      'aria-label': t('reaction', { sign, who, count: people.length }),
      'aria-pressed': String(mine),
      disabled: message.private,
      onclick: () => react(message, sign, !mine),
    },
    emoji(sign),
    h('span', {}, String(people.length)),
  );
}

/** ✅ is drawn, so that it looks the same where no emoji font is. */
export const emoji = (sign: string): Element =>
  sign === APPROVAL ? h('span', { class: 'tick' }, icon('check', 12)) : h('span', { class: 'emoji', 'aria-hidden': 'true' }, sign);

export const gaveSign = ({ reactions }: ViewMessage, person: string, sign: string): boolean =>
  reactions.some(reaction => reaction.sign === sign && reaction.people.includes(person));
