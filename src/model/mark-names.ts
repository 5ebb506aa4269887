// Names in a text: people, firms, products, code spans. Words can tell only so much: a name is what is written like one, or stands where one stands.

import { bulletOf } from './lines.ts';
import type { TextFact } from './mark-fact.ts';
import { COMPOUND_SURNAMES, GIVEN_NAMES, HAN_WORDS, LATIN_IN_CHINESE, NO_NAMES, ROLES, SAME, SURNAMES } from './mark-name-lists.ts';
import { stemOf } from './mark-text.ts';

const CAPITALISED = /(?<![\p{L}\p{N}_/.@-])\p{Lu}[\p{L}\p{N}]*(?:['’-]\p{Lu}?[\p{L}\p{N}]+)*(?![\p{L}\p{N}_])/gu;
const TITLE = /^(?:dr|mr|mrs|ms|prof)$/iu;
/** What people and firms do. An object must follow, or a word that only they go with: "Backup failed" and "Tests passed" name nobody. */
const PAST =
  '[a-z]+ed|won|met|held|kept|sent|spent|led|ran|gave|bought|brought|built|caught|chose|drew|drove|flew|forgot|got|had|heard|knew|left|lost|made|paid|read|saw|sold|taught|threw|took|wrote|found';
const DOES = new RegExp(
  `^(?:['’]s)? (?:asks?|asked|says?|said|writes|promises|promised|joins|joined|agreed|told|thinks|helps|helped|complains|complained|approves|approved|confirms|confirmed|wants|wanted|called|offers|offered|reviews|reviewed|quit|resigned|replied|insists|visits|visited|delivers|delivered|sends|sent|signed|starts|started|needs|needed|will|takes|took|leads|owns|handles|reports|reported|waits|waited|has|had|and \\p{Lu}|is (?:angry|ill|sick|away|on (?:holiday|leave)|back|out|late|happy|unhappy|waiting|new)|(?:${PAST}|(?!this |its )[a-z]{2,}s) (?:the|an?|our|his|her|their|my|all|another|some|two|three|four|five|us|me|him|them|that|about|[a-z]{3,}(?!\\p{L})))(?!\\p{L})`,
  'u',
);
/** Words that are made from others are nobody's name. */
const MADE = /(?:ed|ing|tion|ment|ness|ity|ance|ence|ware|ship|ss|(?<![aeiou])s)$/u;
/** Lengths are bounded here and below, so that no text makes the search go back and forth. */
const IDENTIFIER =
  /(?<![\p{L}\p{N}_@/.])(?:[a-z][a-z0-9]{0,40}(?:_[a-z0-9]{1,40}){1,8}|[a-z]{1,40}[A-Z]\w{0,60}|\w[\w-]{0,60}\.(?:ts|js|py|ya?ml|json|md|csv|sh|sql|go|rs|toml|txt|xlsx?|pdf))(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}.])[@#]\p{L}[\p{L}\p{N}_.-]*/gu;

/** What stands before a person, and what people do; "张" and "程" begin everyday words, so one of both must be there. */
const BEFORE =
  '(?:和|与|跟|同|由|等|找|请|让|给|对|被|替|靠|帮|陪|见了|见到|见|需要|联系|感谢|谢谢|交给|转给|移交|问了|问|录用|聘请|邀请|拜访|采访|面试|通知|催|约|招|接替|来自|客户|用户|供应商|厂家|市长|同事|新人|客服|负责人|负责人：|联系人|联系人：|@)';
const AFTER =
  '(?:[从到给对或未的了也在会将已正均要能做写换修帮说谈来去回等和与跟没不想催约]|一起|负责|协助|评审|审核|审查|提供|参加|参与|确认|完成|答应|要求|请假|休假|接手|采购|发现|支持|安装|测试|讨论|博士|教授|工程师|经理|检查|获得|培训|加入|投诉|报告|反馈|同意|批准|建议|校准|升级|部署|出差|生病|值班|开始|发布|定位|处理|跟进|整理|设计|编写|起草|指出|认为|希望|反对|主持|牵头|推动|介绍|离职|入职|上线|优化|迁移|合并|重启|更新|替换|对接|表示|通知|关闭|拿到|收到|买|查|看|教|送|画|领|面试|先生|女士|市长|主任|总监|老师|校长|院长)';
const GIVEN = '[\\p{Script=Han}]';
const TITLES = '工|总|哥|姐|老师|经理|博士|医生|主任|教授|校长|院长|总监|队长|师傅|先生|女士|阿姨|老板|科长|部长|律师|护士';
const STRONG = new RegExp(
  `(?<=^|[^\\p{Script=Han}]|${BEFORE})(?:(?:${COMPOUND_SURNAMES})${GIVEN}{1,2}?|[${SURNAMES}](?:${TITLES})|[${SURNAMES}]${GIVEN}{1,2}?|[小老阿大]${GIVEN})(?=$|[^\\p{Script=Han}]|${AFTER})`,
  'gu',
);
/** With a title nothing more is needed. */
const TITLED = new RegExp(`[${SURNAMES}](?:${TITLES.replace('工|总|哥|姐|', '')})`, 'gu');
/** Family names that begin hardly any word: at either end of a clause they need nothing on the other side. */
const SURE_NAMES = '王刘杨赵吴徐孙朱郭郑韩冯邓曹彭蒋蔡吕沈姚卢姜崔谭廖邹邱薛孔';
const SURE = new RegExp(
  `(?<!行)[${SURE_NAMES}]${GIVEN}{1,2}(?=$|[^\\p{Script=Han}])|(?<=^|[^\\p{Script=Han}]|${BEFORE})[${SURE_NAMES}]${GIVEN}(?=${GIVEN})`,
  'gu',
);
/** Any two to four characters between a word that needs a person before it and what people do. */
const BETWEEN = new RegExp(
  `(?<=由|联系|感谢|请|找|拜访|采访|面试|录用|聘请|联系人|客户|市长|供应商)${GIVEN}{2,4}?(?=${AFTER.replace(/\[[^\]]*\]\|/u, '[修在从做写换会将]|')})`,
  'gu',
);
/** A firm says that it is one; behind a preposition it needs to say less. */
const FIRM =
  /[\p{Script=Han}]{2,4}(?:公司|银行|集团|科技|医院|大学)|(?<=[向和与给由找同跟被为]|联系|来自)[\p{Script=Han}]{2,5}(?:基金会?|学校|酒店|超市|工厂|事务所|协会|研究[所院]|出版社|保险|证券|软件|物流|航空)|(?<=^|[^\p{Script=Han}])[\p{Script=Han}]{2,4}(?:基金会?|事务所|协会|研究[所院]|出版社)/gu;
/** Who is there in every team, and what else stands where a name could. */
const NOBODY =
  /^(?:我们|他们|大家|同事|团队|部门|公司|财务|运维|前端|后端|产品|设计|法务|市场|销售|人事|行政|供应商|厂家|对方|老板|领导|主管|值班|系统|平台|程序|客户|用户|自动|结果|测试|专人|各组|各位|别人|谁|一起|以上|下面|上面|这|那|该|本|一家|两家|几家|子公司|分公司|总公司|其他|所有|全体|新|第)/u;
const NICKNAME_WORDS = /^(?:小[时组型区程于心结计]|老[师板化是旧]|大[家量概约小型会厅客户部]|阿)$/u;
const LATIN = /(?<![A-Za-z0-9_`./@#-])[A-Za-z][A-Za-z]+(?:[-_][A-Za-z0-9]+)*(?![A-Za-z0-9_`])/gu;

/** Names of one line from which numbers, dates, tickets and links are blanked. `key` "h:" asks whether the notes contain the characters, "w:" a word. */
export function namesIn(line: string): TextFact[] {
  const found: TextFact[] = [...line.matchAll(IDENTIFIER)].map(({ 0: text, index }) =>
    name(index, text, [`h:${text.replace(/^[@#]/u, '').toLowerCase()}`]),
  );
  let rest = line;
  for (const { start, end } of found) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  return [...found, ...(/\p{Script=Han}/u.test(line) ? hanNames(rest) : latinNames(rest))].sort((a, b) => a.start - b.start);
}

const name = (start: number, text: string, keys: string[]): TextFact => ({ kind: 'name', start, end: start + text.length, keys });

/** A word is in the notes under its own stem or under another usual name of the thing. */
function wordKeys(word: string): string[] {
  const lower = word.toLowerCase();
  const same = SAME.find(names => names.includes(lower)) ?? [lower];
  return same.map(one => `w:${stemOf(one)}`);
}

function latinNames(line: string): TextFact[] {
  const body = bulletOf(line)?.text ?? line.trim();
  if (isTitle(body)) return [];
  const words = [...line.matchAll(CAPITALISED)];
  return words
    .filter(({ 0: word, index }, i) => {
      const lower = word.toLowerCase().replace(/['’]s$/u, '');
      if (word.length < 2 || NO_NAMES.has(lower) || TITLE.test(word)) return false;
      if (/(?:^|\s)(?:Dr|Mr|Mrs|Ms|Prof)\.? $/u.test(line.slice(0, index))) return true;
      if (!begins(line.slice(0, index))) return true;
      const next = words[i + 1];
      const pair = next !== undefined && line.slice(index + word.length, next.index) === ' ' && !NO_NAMES.has(next[0].toLowerCase());
      const behind = line.slice(index + word.length);
      return (
        !ROLES.has(lower) &&
        !MADE.test(lower) &&
        (GIVEN_NAMES.has(lower) || DOES.test(behind) || (pair && DOES.test(line.slice(next.index + next[0].length))))
      );
    })
    .map(({ 0: word, index }) => name(index, word, wordKeys(word)));
}

/** Does a sentence, a bullet or what stands behind a colon begin here? There any word has a capital. */
const begins = (before: string): boolean => /(?:^|[.!?:：>]\s*|^\s*(?:[-*•–—+>#]+|\d{1,3}[.)])\s*|[("“[*_|]\s*)[\s*_]*$/u.test(before);

/** A heading: marked as one, or a few words that all have capitals; a name behind "·" is no part of it. */
function isTitle(line: string): boolean {
  if (line.includes('·')) return false;
  const plain = line.replace(/^[#*_\s]+|[*_:\s]+$/gu, '');
  const words = plain.split(/\s+/u);
  return (/^#|^\*\*.*\*\*:?$/u.test(line) && words.length <= 6) || (/:$/u.test(line) && words.length <= 4);
}

function hanNames(line: string): TextFact[] {
  const people = [STRONG, TITLED, FIRM, BETWEEN, SURE]
    .flatMap(pattern => [...line.matchAll(pattern)])
    .filter(
      ({ 0: text, index }, i, all) =>
        !HAN_WORDS.test(text) &&
        !NOBODY.test(text) &&
        !NICKNAME_WORDS.test(text) &&
        !all.slice(0, i).some(other => other.index < index + text.length && index < other.index + other[0].length),
    );
  const latin = [...line.matchAll(LATIN)].filter(({ 0: word }) => !LATIN_IN_CHINESE.has(word.toLowerCase()));
  return [
    ...people.map(({ 0: text, index }) => name(index, text, [`h:${text}`])),
    ...latin.map(({ 0: word, index }) => name(index, word, wordKeys(word))),
  ];
}
