// Forms as modals. A trigger is good for three seconds: an empty view opens at once, and gets its fields when they are known.
import { Refusal } from '../../problem.ts';
import type { Lang } from '../../words/words.ts';
import { say } from '../../words/words.ts';
import type { ChatHandlers } from '../chat.ts';
import type { Calls } from './calls.ts';
import { carriedOf, type PressBody, placeOfPress } from './commands.ts';
import { formView, loadingView, messageView } from './face/view.ts';

type Parts = { calls: Calls; langOf(person: string): Lang; onProblem(error: unknown): void };

/** Never rejects: whoever pressed sees in the view what came of it. */
export function openForms({ calls: { apiCall }, langOf, onProblem }: Parts) {
  return async function openForm(
    body: PressBody,
    { action, value }: { action: string; value: string },
    formFor: ChatHandlers['formFor'],
  ): Promise<void> {
    const lang = langOf(body.user.id);
    const { id, place } = placeOfPress(body);
    try {
      const opened = await apiCall<{ view: { id: string; hash?: string } }>('views.open', {
        trigger_id: body.trigger_id,
        view: loadingView(lang),
      });
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
      onProblem(error);
    }
  };
}
