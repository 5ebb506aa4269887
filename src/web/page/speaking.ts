// Who the reader speaks as, and their stream of views. What is sent before the first view has come waits for it: nothing said too early is lost,
// and nothing is said in the name of somebody who was just left.
import type { View } from '../../chat/local/view.ts';
import { type Live, openLive } from './live.ts';

export type Speaking = {
  /** Ends the stream of the one before, if any. An unknown person becomes the first one there. */
  become(person: string): void;
  /** The person spoken as, once the server has said who that is. */
  me(): Promise<string>;
};

export function openSpeaking({ view, lost }: { view(view: View): void; lost(forGood: boolean): void }): Speaking {
  let live: Live | undefined;
  let me: Promise<string> = Promise.resolve('');
  return {
    become(person) {
      live?.close();
      let known: (id: string) => void = () => {};
      me = new Promise(resolve => {
        known = resolve;
      });
      live = openLive(person, {
        view(seen) {
          view(seen);
          known(seen.me);
        },
        lost,
      });
    },
    me: () => me,
  };
}
