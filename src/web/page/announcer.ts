// What a screen reader is told when something new comes: each message, or their number when they are many.
import type { ViewMessage } from '../../chat/local/view.ts';
import type { SeenRoom } from './seen-room.ts';
import { t } from './sentences.ts';

const MOST_READ_OUT = 3;
const MOST_CHARACTERS = 200;

/** `added` are drawn already: their text is read from the page. */
export function announce(box: HTMLElement, room: SeenRoom, added: ViewMessage[]): void {
  const others = added.filter(({ author }) => author !== room.me);
  if (others.length === 0) return;
  const text = ({ id, author }: ViewMessage) => {
    const said = document.getElementById(id)?.querySelector('.plain, .title')?.textContent ?? '';
    return t('from', { name: room.people.get(author)?.name ?? '', text: said.slice(0, MOST_CHARACTERS) });
  };
  box.textContent = others.length > MOST_READ_OUT ? t('news', { count: others.length }) : others.map(text).join('\n');
}
