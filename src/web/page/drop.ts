// A file dropped anywhere on the page goes into the message that is being written.
import { byId, h } from './dom.ts';
import { icon } from './icons.ts';
import { t } from './sentences.ts';

export function acceptDrops(dropped: (files: FileList) => void): void {
  const curtain = byId('drop');
  let inside = 0;
  const show = (on: boolean) => {
    curtain.hidden = !on;
    if (on) curtain.replaceChildren(h('div', {}, icon('file', 40), h('b', {}, t('drop')), h('span', {}, t('drop.hint'))));
  };
  const withFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

  addEventListener('dragenter', event => {
    if (withFiles(event)) show(++inside > 0);
  });
  addEventListener('dragleave', event => {
    if (withFiles(event)) show(--inside > 0);
  });
  addEventListener('dragover', event => {
    if (withFiles(event)) event.preventDefault();
  });
  addEventListener('drop', event => {
    if (!withFiles(event)) return;
    event.preventDefault();
    inside = 0;
    show(false);
    dropped(event.dataTransfer!.files);
  });
}
