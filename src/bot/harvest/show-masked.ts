// A text with secrets was approved: whoever approved it sees, privately, what would be kept instead, and decides.
import type { Place } from '../../chat/chat.ts';
import { maskedPlaces } from '../../model/secret-gate.ts';
import { say } from '../../words/words.ts';
import { type Bot, knownPerson } from '../bot.ts';
import { maskedWhat } from '../examples/masked-what.ts';
import type { MaskedText } from './settle.ts';
import { tellOnce } from './tell.ts';

const PLACES = 8;

/** Each of them once for each ✅. The card holds placeholders and the words around them, never what stood there. */
export async function showMasked(bot: Bot, example: number, text: MaskedText, link: string, place: Place): Promise<void> {
  const { row, counts, mark, waiting } = text;
  const value = `${example}:${mark}`;
  for (const { ext, at } of waiting) {
    const person = await knownPerson(bot, ext);
    await tellOnce(bot, `masked:${value}:${person.id}:${at.getTime()}`, person, place, lang => ({
      title: '',
      parts: [
        { markdown: say(lang, 'leaks.masked', { link, what: maskedWhat(lang, counts) }) },
        {
          markdown: maskedPlaces(row, PLACES)
            .map(found => `- \`${found}\``)
            .join('\n'),
        },
        {
          buttons: [
            { label: say(lang, 'leaks.masked.keep'), action: 'keep-masked', value },
            { label: say(lang, 'leaks.masked.drop'), action: 'drop-masked', value },
          ],
        },
      ],
    }));
  }
}
