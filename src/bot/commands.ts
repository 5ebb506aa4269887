// What a person may say to the bot as a command. `/finetune …` always is one; anything else only if the whole text parses as one.

import { type ApproverChange, readApproverChange } from './rights/approver-change.ts';
import { namesIn } from './rights/names-in.ts';

export type Command =
  | { verb: Lone }
  | { verb: 'start'; settings: string[] }
  /** without a number: the newest version */
  | { verb: 'show' | 'leaks'; no?: number }
  /** without a number: the base */
  | { verb: 'try'; no?: number; text: string }
  | { verb: 'promote' | 'unblock'; no: number }
  | { verb: 'approvers'; change?: ApproverChange }
  | { verb: 'admin' | 'unadmin'; who: string }
  | { verb: 'claim'; code: string }
  | ExamCommand
  | { verb: 'examples' | 'audit'; page: number }
  | { verb: 'remove'; no: number }
  /** `me`, or one person as namesIn gives it */
  | { verb: 'forget'; who: string }
  | { verb: 'language'; lang: 'en' | 'zh'; everywhere: boolean }
  | { verb: 'misused'; of: Verb }
  | { verb: 'unknown'; said: string; near?: string };
/** Verbs that are said without anything after them. */
type Lone = 'home' | 'status' | 'cancel' | 'list' | 'close' | 'rollback' | 'export' | 'mine' | 'optout' | 'optin' | 'on' | 'off' | 'help';
/** with neither: the list */
export type ExamCommand = { verb: 'exam'; add?: string; remove?: number };
export type Verb = Exclude<Command['verb'], 'misused' | 'unknown'>;

/** `read`: the command with these words (all in all, `rest`) after its verb, or undefined where they do not fit. `loose`: after a slash anything fits. */
type Rule = { words: string[]; read(args: string[], loose: boolean, rest: string): Command | undefined };

const alone = (verb: Lone, ...words: string[]): Rule => ({
  words: [verb, ...words],
  read: args => (args.length === 0 ? { verb } : undefined),
});

/** In the order in which help names them. */
const RULES: Record<Verb, Rule> = {
  home: alone('home', '总览', '主页'),
  start: {
    words: ['start', '开始', '训练'],
    read: (args, loose) => (loose || args.every(word => SETTING.test(word)) ? { verb: 'start', settings: args } : undefined),
  },
  cancel: alone('cancel', 'stop', '取消', '停止'),
  status: alone('status', '状态'),
  list: alone('list', '列表'),
  show: {
    words: ['show', '查看', '显示'],
    read: args => withVersion('show', args),
  },
  try: { words: ['try', '试用', '试试'], read: (_args, _loose, rest) => readTry(rest) },
  close: alone('close', '结束', '关闭'),
  promote: { words: ['promote', '启用', '晋升'], read: args => withNumber(args, /^v?(\d{1,9})$/i, no => ({ verb: 'promote', no })) },
  rollback: alone('rollback', '回滚', '回退'),
  unblock: { words: ['unblock', '放行', '解禁'], read: args => withNumber(args, /^v?(\d{1,9})$/i, no => ({ verb: 'unblock', no })) },
  leaks: { words: ['leaks', '泄露', '泄漏'], read: args => withVersion('leaks', args) },
  exam: { words: ['exam', '考题', '考试'], read: (_args, _loose, rest) => readExam(rest) },
  examples: {
    words: ['examples', '示例', '样例'],
    read: args => withPage('examples', args),
  },
  remove: {
    words: ['remove', '移除', '删除'],
    read: args => withNumber(args, /^#?(\d{1,9})$/, no => ({ verb: 'remove', no })),
  },
  export: alone('export', '导出'),
  mine: alone('mine', '我的'),
  optout: alone('optout', '退出学习', '不要学我'),
  optin: alone('optin', '加入学习', '可以学我'),
  forget: { words: ['forget', '忘记'], read: (_args, _loose, rest) => readForget(rest) },
  language: { words: ['language', '语言'], read: args => readLanguage(args) },
  on: alone('on', '打开学习', '开启学习'),
  off: alone('off', '停学', '关掉学习'),
  approvers: {
    words: ['approvers', '认可人', '审批人'],
    read: (_args, _loose, rest) => (rest === '' ? { verb: 'approvers' } : withChange(readApproverChange(rest))),
  },
  admin: appointing('admin', '设管理员'),
  unadmin: appointing('unadmin', '撤销管理员'),
  claim: {
    words: ['claim', '认领'],
    read: args => (args.length === 1 && /^[a-z\d]{5}-[a-z\d]{5}$/i.test(args[0]) ? { verb: 'claim', code: args[0] } : undefined),
  },
  audit: { words: ['audit', '审计'], read: args => withPage('audit', args) },
  help: alone('help', '帮助'),
};

/** Every verb, in the order in which help names them. */
export const VERBS = Object.keys(RULES) as Verb[];

const SETTING = /^[a-z_-]+=\S*$/i;
const EVERYWHERE = ['workspace', 'everywhere', '全部', '所有', '工作区'];
const LANGUAGES = { en: ['en', 'english', '英文', '英语'], zh: ['zh', 'chinese', '中文', '汉语'] };

/** The command in `text` (already without the mention of the bot), or undefined if it is a question. */
export function parseCommand(text: string): Command | undefined {
  const slash = /^\/finetune(?:\s+|$)/iu.exec(text);
  const said = text.slice(slash?.[0].length ?? 0).trim();
  if (slash && said === '') return { verb: 'home' };
  const [first = ''] = said.split(/\s+/, 1);
  const [verb, word] = verbOf(first);
  const rest = said.slice(word.length).trim();
  const command = verb && RULES[verb].read(rest === '' ? [] : rest.split(/\s+/), slash !== null, rest);
  if (command || !slash) return command;
  return verb ? { verb: 'misused', of: verb } : { verb: 'unknown', said: first, near: nearestVerb(first) };
}

/** The verb that `first` means, and how much of it is the verb. Chinese leaves no space: 查看v2 is 查看 v2. */
function verbOf(first: string): [Verb | undefined, string] {
  const said = first.toLowerCase();
  for (const verb of VERBS) {
    if (RULES[verb].words.includes(said)) return [verb, first];
    const chinese = RULES[verb].words.find(word => /\p{Script=Han}/u.test(word) && said.startsWith(word));
    if (chinese) return [verb, chinese];
  }
  return [undefined, first];
}

/** One person by mention or @Name. */
function appointing(verb: 'admin' | 'unadmin', ...words: string[]): Rule {
  return {
    words: [verb, ...words],
    read(_args, _loose, rest) {
      const names = namesIn(rest);
      return names.length === 1 ? { verb, who: names[0] } : undefined;
    },
  };
}

const withChange = (change: ApproverChange | undefined): Command | undefined => change && { verb: 'approvers', change };

const withVersion = (verb: 'show' | 'leaks', args: string[]): Command | undefined =>
  args.length === 0 ? { verb } : withNumber(args, /^v?(\d{1,9})$/i, no => ({ verb, no }));

const withPage = (verb: 'examples' | 'audit', args: string[]): Command | undefined =>
  args.length === 0 ? { verb, page: 1 } : withNumber(args, /^(\d{1,9})$/, page => ({ verb, page }));

function withNumber(args: string[], pattern: RegExp, command: (number: number) => Command): Command | undefined {
  const [, digits] = (args.length === 1 && pattern.exec(args[0])) || [];
  return Number(digits) > 0 ? command(Number(digits)) : undefined;
}

/** `v2 QUESTION`, `base QUESTION`; the question keeps its lines. */
function readTry(rest: string): Command | undefined {
  const [, digits, base, text] = /^(?:v(\d{1,9})|(base|基础模型))\s+(\S[\s\S]*)$/iu.exec(rest) ?? [];
  if (base) return { verb: 'try', text };
  return Number(digits) > 0 ? { verb: 'try', no: Number(digits), text } : undefined;
}

/** Nothing, `add QUESTION`, `remove 3`. */
function readExam(rest: string): Command | undefined {
  if (rest === '') return { verb: 'exam' };
  const [, add] = /^(?:add|添加|增加)\s+(\S[\s\S]*)$/iu.exec(rest) ?? [];
  if (add !== undefined) return { verb: 'exam', add };
  const [, remove] = /^(?:remove|delete|移除|删除)\s*#?(\d{1,9})$/iu.exec(rest) ?? [];
  return Number(remove) > 0 ? { verb: 'exam', remove: Number(remove) } : undefined;
}

/** `me`, or one person by mention or @Name. */
function readForget(rest: string): Command | undefined {
  if (/^(?:me|我)$/iu.test(rest)) return { verb: 'forget', who: 'me' };
  const names = namesIn(rest);
  return names.length === 1 ? { verb: 'forget', who: names[0] } : undefined;
}

function readLanguage(args: string[]): Command | undefined {
  const said = args.map(word => word.toLowerCase());
  const everywhere = said.length === 2 && EVERYWHERE.includes(said[0]);
  const lang = (['en', 'zh'] as const).find(lang => LANGUAGES[lang].includes(said.at(-1) ?? ''));
  return lang && said.length === (everywhere ? 2 : 1) ? { verb: 'language', lang, everywhere } : undefined;
}

/** The verb that `word` was probably meant to be: at most two edits away, and fewer than half of its letters. */
function nearestVerb(word: string): string | undefined {
  const [best] = VERBS.map(verb => ({ verb, edits: editDistance(word.toLowerCase(), verb) })).sort((a, b) => a.edits - b.edits);
  return best.edits <= 2 && 2 * best.edits < best.verb.length ? best.verb : undefined;
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
