// Which message is being changed, from the key that begins it to the server's word that it is kept.
import type { ViewMessage } from '../../chat/local/view.ts';
import type { EditActions, Editing } from './edit-box.ts';

export type Editor = {
  /** What stands in the box, if it is this message that is being changed. */
  of(message: ViewMessage): Editing | undefined;
  /** `pane`: where its box will stand. */
  start(message: ViewMessage, pane: HTMLElement): void;
  actions(message: ViewMessage): EditActions;
  stop(): void;
};

/** `left`: the box was closed and the keyboard belongs to the composer again. */
export function openEditor({
  draw,
  save,
  left,
}: {
  draw(): void;
  save(message: ViewMessage, text: string): Promise<unknown>;
  left(inThread: boolean): void;
}): Editor {
  let editing: Editing | undefined;

  function leave(): void {
    const inThread = Boolean(document.activeElement?.closest('#thread'));
    editing = undefined;
    draw();
    left(inThread);
  }

  async function keep(message: ViewMessage, text: string): Promise<void> {
    try {
      if (text !== message.typed) await save(message, text);
      leave();
    } catch (error) {
      if (editing?.message === message.id) editing.problem = (error as Error).message;
      draw();
    }
  }

  return {
    of: ({ id }) => (editing?.message === id ? editing : undefined),
    start({ id, typed = '' }, pane) {
      editing = { message: id, text: typed, problem: '' };
      draw();
      const box = pane.querySelector<HTMLTextAreaElement>('.editing textarea');
      box?.focus();
      box?.setSelectionRange(typed.length, typed.length);
      box?.scrollIntoView({ block: 'nearest' });
    },
    actions: message => ({ save: text => void keep(message, text), leave }),
    stop: () => {
      editing = undefined;
    },
  };
}
