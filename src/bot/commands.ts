// What a person may say to the bot as a command. `/finetune …` always is one; anything else only if the whole text parses as one.

export type Command =
  | { verb: 'start'; settings: string[] }
  | { verb: 'status' }
  | { verb: 'cancel' }
  | { verb: 'list' }
  | { verb: 'help' }
  | { verb: 'unknown'; said: string; near?: string };

/** Each verb with the words that mean it. */
const VERBS: Record<Exclude<Command['verb'], 'unknown'>, string[]> = {
  start: ['start', '开始'],
  status: ['status', '状态'],
  cancel: ['cancel', '取消'],
  list: ['list', '列表'],
  help: ['help', '帮助'],
};
const SETTING = /^[a-z-]+=\S*$/i;

/** The command in `text` (already without the mention of the bot), or undefined if it is a question. */
export function parseCommand(text: string): Command | undefined {
  const slash = /^\/finetune(?:\s+|$)/iu.exec(text);
  const words = text
    .slice(slash?.[0].length ?? 0)
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  if (slash && words.length === 0) return { verb: 'status' };
  const [first = '', ...rest] = words;
  const verb = verbOf(first);
  const fits = verb === 'start' ? rest.every(word => SETTING.test(word)) : rest.length === 0;
  if (verb && (slash || fits)) return verb === 'start' ? { verb, settings: rest } : { verb };
  return slash ? { verb: 'unknown', said: first, near: nearestVerb(first) } : undefined;
}

const verbOf = (word: string) => (Object.keys(VERBS) as (keyof typeof VERBS)[]).find(verb => VERBS[verb].includes(word.toLowerCase()));

/** The verb that `word` was probably meant to be: at most two edits away. */
function nearestVerb(word: string): string | undefined {
  const [best] = Object.keys(VERBS)
    .map(verb => ({ verb, edits: editDistance(word.toLowerCase(), verb) }))
    .sort((a, b) => a.edits - b.edits);
  return best.edits <= 2 ? best.verb : undefined;
}

/** Levenshtein's distance: insertions, deletions and substitutions. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1]));
    row = next;
  }
  return row[b.length];
}
