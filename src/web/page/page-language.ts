// The language of the page: its person's; whoever has chosen none yet gets what this browser's reader chose.
import { chooseLanguage } from './calls.ts';
import { language, loadSentences } from './sentences.ts';

const KEPT = 'lang';

export type PageLanguage = {
  /** The first sentences, before anybody is known; rejects where there are none. */
  begin(): Promise<void>;
  /** The reader speaks as somebody whose language is `theirs`. */
  follow(theirs: string | undefined): Promise<void>;
  /** The other one, here and for the person spoken as. */
  change(): Promise<void>;
};

/** `attempt` does something as the person spoken as. `spoken`: the sentences are other ones now. */
export function openPageLanguage({
  storage,
  attempt,
  spoken,
  notice,
}: {
  storage: Storage;
  attempt(act: (as: string) => Promise<unknown>): Promise<void>;
  spoken(): void;
  notice(sentence: string): void;
}): PageLanguage {
  async function show(lang: string): Promise<void> {
    await loadSentences(lang).catch(error => notice(error.message));
    spoken();
  }
  return {
    begin: () => loadSentences(storage.getItem(KEPT)),
    async follow(theirs) {
      const here = storage.getItem(KEPT);
      if (!theirs && here) void attempt(as => chooseLanguage({ as, lang: here }));
      if (theirs && theirs !== language()) await show(theirs);
    },
    async change() {
      const next = language() === 'zh' ? 'en' : 'zh';
      storage.setItem(KEPT, next);
      await show(next);
      await attempt(as => chooseLanguage({ as, lang: next }));
    },
  };
}
