// Forms as modals. A trigger is good for three seconds: an empty view opens at once, and gets its fields when they are known.
import { Refusal } from '../../problem.ts';
import type { Lang } from '../../words/words.ts';
import { say } from '../../words/words.ts';
import type { ChatHandlers, Recipient } from '../chat.ts';
import type { Calls } from './calls.ts';
import { carriedOf, type PressBody, placeOfPress } from './commands.ts';
import { formView, loadingView, messageView } from './face/view.ts';

type Parts = {
  calls: Calls;
  langOf(person: string): Lang;
  /** Only that person sees it. */
  tell(key: string, to: Recipient, text: string): Promise<void>;
  onProblem(error: unknown): void;
};

/** Never rejects: whoever pressed sees in the view what came of it; where no view could be opened, in a message of their own. */
export function openForms({ calls: { apiCall }, langOf, tell, onProblem }: Parts) {
  return async function openForm(
    body: PressBody,
    { action, value }: { action: string; value: string },
    formFor: ChatHandlers['formFor'],
  ): Promise<void> {
    const lang = langOf(body.user.id);
    const { id, place, reply } = placeOfPress(body);
    let isOpen = false;
    try {
      const opened = await apiCall<{ view: { id: string; hash?: string } }>('views.open', {
        trigger_id: body.trigger_id,
        view: loadingView(lang),
      });
      isOpen = true;
      const view = await formFor({ person: body.user.id, place, ref: { channel: place.channel, id }, action, value })
        .then(form =>
          form ? formView(form, carriedOf(body), lang) : messageView(say(lang, 'slackFace.loading.title'), say(lang, 'slack.noForm'), lang),
        )
        .catch(error => {
          if (!(error instanceof Refusal)) onProblem(error);
          const { code, values } = error instanceof Refusal ? error.problem : { code: 'bot.broken', values: {} };
          return messageView(say(lang, 'slackFace.loading.title'), say(lang, code, values), lang);
        });
      await apiCall('views.update', { view_id: opened.view.id, ...(opened.view.hash && { hash: opened.view.hash }), view });
    } catch (error) {
      const code = (error as { data?: { error?: string } }).data?.error;
      // The press came twice, or whoever pressed has closed the view again.
      if (code === 'exchanged_trigger_id' || (isOpen && code === 'not_found')) return;
      onProblem(error);
      if (isOpen) return;
      const to = { person: body.user.id, place, reply };
      await tell(`form:${body.trigger_id}`, to, say(lang, 'slack.formLate')).catch(onProblem);
    }
  };
}
