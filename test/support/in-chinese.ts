// A place whose bot speaks Chinese, as the stories see it: an interpreter reads to them what it says, and says its commands in Chinese.
import { englishLeftIn, inEnglish } from './interpreter.ts';
import type { Place, Seen } from './person.ts';

/** Commands by the words that Chinese people have for them. */
const VERBS: Record<string, string> = {
  start: '开始',
  cancel: '取消',
  status: '状态',
  export: '导出',
  remove: '移除',
  promote: '启用',
  rollback: '回滚',
  exam: '考题',
  mine: '我的',
  close: '结束',
  try: '试用',
};
const COMMAND = new RegExp(`^(/finetune|@apprentice) (${Object.keys(VERBS).join('|')})(?= |$)`);

export function inChinese(place: Place): Place {
  /** Everybody else is the bot. */
  const people = new Set<string>();

  function read(seen: Seen): Seen {
    if (people.has(seen.author)) return seen;
    const english = englishLeftIn(seen.text);
    if (english !== undefined) throw new Error(`this should be in Chinese: “${english}” in\n${seen.text}`);
    return { ...seen, text: inEnglish(seen.text) };
  }

  /** As it stands on the button that is called so in English. */
  async function labelOf(as: string, { id, buttons }: Seen, label: string): Promise<string> {
    const now = (await place.messages(as)).find(message => message.id === id);
    return [...(now?.buttons.keys() ?? []), ...buttons.keys()].find(each => inEnglish(each) === label) ?? label;
  }

  return {
    ...place,
    async person(name, guest) {
      const id = await place.person(name, guest);
      people.add(id);
      return id;
    },
    say: (as, where, text, files) => place.say(as, where, typed(text), files),
    press: async (as, message, label, how) => place.press(as, message, await labelOf(as, message, label), how),
    open: async (as, message, label) => place.open(as, message, await labelOf(as, message, label)),
    async fill(as, message, label, fields) {
      try {
        await place.fill(as, message, await labelOf(as, message, label), fields);
      } catch (error) {
        throw new Error(inEnglish((error as Error).message), { cause: error });
      }
    },
    messages: async as => (await place.messages(as)).map(read),
    async record(as) {
      const tape = await place.record(as);
      return { ...tape, pieces: () => tape.pieces().map(readPiece) };
    },
  };
}

const typed = (text: string): string =>
  text.replace(COMMAND, (_, called: string, verb: string) => `${called} ${VERBS[verb]}`).replace(/(?<=^\/finetune 开始 .*)=/g, '＝');

/** What was sent may be JSON: each text in it by itself. */
function readPiece(piece: string): string {
  try {
    return JSON.stringify(JSON.parse(piece), (_, value) => (typeof value === 'string' ? inEnglish(value) : value));
  } catch {
    return inEnglish(piece);
  }
}
