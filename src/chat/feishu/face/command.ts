// What was said to the bot, as its commands are read: without the call, and with the signs of a Chinese keyboard (／ ＝ ： ， and the wide space) as plain ones.
// Only a command's own words are touched. A question keeps every sign as it was typed, also behind `/finetune try`.
import { withoutCall } from '../../mentions.ts';

/** Feishu's place for a mention in a text. */
const KEY = /@_(?:user_\d+|all)/g;
const WIDE_SLASH = /^[/／](finetune)(?:[:：]\s*|(?=\p{Script=Han})|(?=\s|$))/iu;
const SETTING = /^[a-z_-]+=\S*$/i;
/** A page, an example's number, a version. */
const NUMBER = /^[#v]?\d{1,9}$/i;

/** `text`: Markdown of toMarkdown, or the text of an event. `bot`: whose mentions at its beginning and end are only calls. */
export function commandText(text: string, bot?: string): string {
  const called = bot !== undefined && /^[\w-]+$/.test(bot) ? withoutCall(text, bot) : text;
  const said = called.replace(KEY, '').trim();
  const slash = WIDE_SLASH.exec(narrow(said.slice(0, 9)) + said.slice(9));
  if (!slash) return bareCommand(said);
  const rest = said.slice(slash[0].length).trim();
  const [verb = ''] = /^\S+/.exec(rest) ?? [];
  const after = plainWords(rest.slice(verb.length));
  return `/finetune ${narrow(verb)}${after}`.trim();
}

/** Without a slash it is a command only if every word is one: 开始 lr＝1e-3. */
function bareCommand(said: string): string {
  const [verb = ''] = /^\S+/.exec(said) ?? [];
  const rest = said.slice(verb.length);
  const words = plainWords(rest);
  return words.split(/\s+/).filter(Boolean).every(isPlain) ? `${verb}${words}` : said;
}

const isPlain = (word: string): boolean => SETTING.test(word) || NUMBER.test(word);

/** The settings and numbers with which `rest` begins in plain signs; from the first other word on as it was typed. */
function plainWords(rest: string): string {
  const words: string[] = [];
  let left = rest;
  for (;;) {
    const [all, space, word] = /^([\s，、]*)([^\s，、]+)/.exec(left) ?? [];
    if (all === undefined || !isPlain(narrow(word))) break;
    words.push(narrow(word));
    left = left.slice(all.length);
    if (space === undefined) break;
  }
  const typed = words.length > 0 ? left.replace(/^[\s，、]+/, '') : left.trimStart();
  // Names after a command are set apart by ， as well as by a comma: those stay.
  return [...words.map(word => ` ${word}`), ...(typed === '' ? [] : [` ${typed}`])].join('');
}

/** Wide letters, digits and signs as plain ones (Unicode's compatibility form). */
const narrow = (text: string): string => text.normalize('NFKC');
