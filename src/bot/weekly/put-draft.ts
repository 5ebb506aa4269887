// Notes become a question: a draft is wanted, from base and tuned alike, in the thread of the request.
import type { Asked } from '../asked.ts';
import { knownChannel } from '../bot.ts';
import { keepable } from '../examples/keepable.ts';
import { weekOf } from '../harvest/row.ts';
import { putQuestion, speakersFor } from '../question/put-question.ts';
import type { Notes } from './notes.ts';

/** `event` of `asked` is the request, as it was said. Throws Refusal for notes with a secret that cannot be masked. */
export async function putDraft(asked: Asked, { instruction: said, text: written, messages }: Notes): Promise<void> {
  const { bot, event, person } = asked;
  const [instruction, text] = await keepable(asked, [said, written]);
  const { channel } = await knownChannel(bot, event.place.channel);
  const content = `${instruction}\n${text}`;
  const cast = await speakersFor(asked, channel, content);
  const week = String(weekOf(event.at, person.tz ?? bot.workspace.tz));
  await putQuestion(asked, channel, {
    ...cast,
    kind: 'report',
    turns: [{ role: 'user', content }],
    detail: {
      ...cast.detail,
      instruction,
      input: text,
      head: { numbers: [week], name: person.name ?? '' },
      ...(messages && { notes: messages }),
    },
  });
}
