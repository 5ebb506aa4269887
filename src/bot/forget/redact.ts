// What the bot has said, without a forgotten person: their words, their name and their id go, the rest stays.
import type { PersonRow } from '../../data/people.ts';
import type { QuotedPost, Redaction } from '../../data/quoting.ts';
import { isQuoting, mapStrings } from '../../model/quotes.ts';
import { type Lang, say } from '../../words/words.ts';

export const redactionOf = (pieces: string[]): Redaction => {
  const quoting = (text: string) => isQuoting(text, pieces);
  return { quoting, without: value => mapStrings(value, text => (quoting(text) ? '' : text)) as typeof value };
};

/** A post's body without `person`. `whole`: all of it is theirs, or an answer to them. */
export function redactedBody(
  lang: Lang,
  { key: post, body }: QuotedPost,
  person: PersonRow,
  pieces: string[],
  whole: boolean,
): QuotedPost['body'] {
  const gone = say(lang, 'forget.post');
  if (whole) return { title: '', parts: [{ markdown: gone }] };
  const nameless = unnamed(person, say(lang, 'bot.unknown-person'));
  return mapStrings(body, (text, key) => {
    // What a button means is ours, and a picture's kind is no text.
    if (key === 'action' || key === 'mime') return text;
    if (key === 'label' && isChoiceOf(person, post, text)) return '…';
    if (isQuoting(text, pieces)) return key === 'label' || key === 'value' ? '…' : key === 'text' ? '' : gone;
    return nameless(text);
  }) as QuotedPost['body'];
}

/** Somebody was asked which message an answer is to: a message that then belongs to no example, so that no row of ours holds its text, begins that label behind its author's name. */
const isChoiceOf = ({ name }: PersonRow, post: string, label: string): boolean =>
  post.startsWith('which:') && name !== null && label.startsWith(`${name}: `);

/** Mentions, the id, and the name where it stands as a word of its own. */
function unnamed({ ext, name }: PersonRow, somebody: string): (text: string) => string {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const id = new RegExp(`(?<![\\p{L}\\p{N}_])${literal(ext)}(?![\\p{L}\\p{N}_])`, 'gu');
  const mention = new RegExp(`\\[@[^\\]]*\\]\\(person:${literal(ext)}\\)`, 'gu');
  // Chinese puts no space between a name and what follows it.
  const apart = name && !/\p{Script=Han}/u.test(name) ? ['(?<![\\p{L}\\p{N}])', '(?![\\p{L}\\p{N}])'] : ['', ''];
  const called = name && [...name].length > 1 ? new RegExp(`${apart[0]}${literal(name)}${apart[1]}`, 'gu') : undefined;
  return text => {
    const nameless = text.replace(mention, somebody).replace(id, '…');
    return called ? nameless.replace(called, somebody) : nameless;
  };
}
