// Passwords that only the words beside them give away: `password=…`, "the wifi password is …", 密码：…, "login anna / …".
import { type Found, found } from './found.ts';
import { canBeAssigned, canBeSaid, canBeWord, isPlaceholder } from './looks-secret.ts';

const CHINESE_NAME = '密码锁?|口令|密碼|授权码|提取码|访问码|入会码|暗号';
/** These may be part of a longer name (DbPassword, PGPASSWORD); the short ones are words of their own (DB_PASS, but not compass). */
const ENGLISH_NAME = 'pass(?:word|wd|[ -]?phrase|[ -]?code)|passwd|pwd';
const SHORT_NAME = '(?<![A-Za-z])(?:pass|pw|pin(?: ?code)?|(?:access|door|gate|login|entry|alarm|keypad) code)';
const NAME = `(?:${CHINESE_NAME}|${ENGLISH_NAME}|${SHORT_NAME})`;
const CODE_NAME = `(?:验证码|校验码|动态码|动态口令|安全码|(?<![A-Za-z])(?:(?:verification|one-time|sms|auth(?:entication)?|security|2fa) code|otp|cv[vc]2?))`;
const QUOTE = `["'\`“”‘’「」*(（]`;
const CLOSED_BY: Record<string, string> = { '“': '”', '‘': '’', '「': '」', '(': ')', '（': '）' };

const ASSIGNED = '\\s*(?:=>|:=|->|→|[:=：＝|]|[ \\t][-–—](?=[ \\t]))\\s*(?:\\*\\*\\s*)?';
const SAID =
  '(?:[ \\t]+(?:is|was|now|still|just|it|to|changed to|set to|reset to))*(?:(?:[ \\t]+(?:for|of|on|in)[ \\t]+[\\w ./-]{1,30}?)?[ \\t]*[:=][ \\t]*|[ \\t]+)';
/** As settings in YAML, JSON and XML split it: the name here, the value under `value`. */
const SPLIT = `["']?[,\\s]*["']?value["']?\\s*[:=]\\s*`;
const SAID_IN_CHINESE =
  '\\s*(?:已经?|都|还|就|现在|默认|统一|临时|暂时|我们?|他们?|她|你)*\\s*(?:是|为|改成了?|改为|换成了?|重置为|重置成|设置为|设置成|设为|设成|叫)\\s*[:：]?\\s*';
/** "the password that they gave me is …" */
const SAID_LATER = "(?:[ \\t]+(?!is |was )[\\w'-]+){1,9}[ \\t]+(?:is|was)(?:[ \\t]+(?:now|still|just))?[ \\t:]+";
const LINK = `(?:['’]s[ \\t]+|${QUOTE}?(?:${SPLIT}|${ASSIGNED}|${SAID_IN_CHINESE}|${SAID}|\\s*))`;

const TOLD = (name: string, link = LINK) => new RegExp(`(${name})(${link})(${QUOTE}*)(?=([!-~]+))`, 'gi');
const PASSWORD = TOLD(NAME);
const PASSWORD_LATER = TOLD(NAME, SAID_LATER);
const CODE = TOLD(CODE_NAME);
const ENDS_IN_NAME = new RegExp(`(?:${CHINESE_NAME}|${ENGLISH_NAME}|\\dpin)$`, 'i');
/** "hunter2! is the password", "hunter2! 是密码". */
const TOLD_AFTER = new RegExp(
  `()()(${QUOTE}?)(?<![!-~])([!-~]{4,64})(?: (?:[(（]?(?:(?:that|this|it) )?(?:is|was) (?:the|our|my|your|his|her) (?:[\\w-]+ ){0,3}|as (?:the |a )?)|\\s*(?:就是|是|为)[^，。\\n]{0,8}?)${NAME}(?![A-Za-z])`,
  'gi',
);
const PAIR =
  /(?:(?:账号|帐号|账户|用户名?)(?:[/、和及]?密码)?|账密|无线|wi-?fi|ssid|\blogins?|\bbasic auth|(?<![\w.+:/-])[\w.+-]{1,64}@[\w-]{1,60}\.[\w.-]{1,60}(?=\s*[/|])|\blogg?(?:ing|ed)? ?in (?:with|as|using)|\bcredentials?|\bcreds|\buser(?:name)?s?)\s*[:：是为]?\s*(?:[!-~]{2,40}?)?\s*[/|／｜]\s*()()()([!-~]+)/gi;
/** Names that everybody gives to an account: after them a slash is enough. */
const USUAL_USER =
  /(?<![\w/.@-])(?:[Rr]oot|[Aa]dmin(?:istrator)?|sa|[Gg]uest|postgres|[Tt]est)(?:\s*[/／]\s*|:(?=[^\s:]*\d)(?=[^\s:]*[A-Z!@#$%^&*])(?![^\s]*:))()()()([!-.0-~]+)(?!\/)/g;

/** "the login for the feed is anna:Secret7" */
const WITH_COLON =
  /(?:账号|帐号|账密|登录|\blogins?|\bcredentials?|\bcreds|\bbasic auth)(?:[ \t]+[\w'-]+){0,5}?\s*(?:[:：是为]|\bis|\bare)?\s*[\w.@-]{2,40}:()()()([!-~]+)/gi;
/** Of a wireless network it is called a key, too. */
const NETWORK_KEY = /\b(?:wi-?fi|wlan|wpa2?|ssid)\b[^\n.;]{0,50}?\b(?:key|psk)(?: is)?[ :=]+()()()([!-~]+)/gi;
/** A lock's code: digits, and the lock named before. */
const LOCK_CODE = /\b(?:gate|door|alarm|safe|lock|keypad|garage|box)\b[^\n.;]{0,30}?\bcode(?: is|:)?()()() ?(\d{4,8})\b/gi;
/** "login: anna Secret7" */
const AFTER_LOGIN = /(?:登录|登陆|账号|帐号|\blogin)\s*[:：]\s*[\w.@-]{2,40}[ \t]+()()()([!-~]+)/gi;
/** A password may be Chinese where quotes say how far it goes. */
const QUOTED_CHINESE = new RegExp(`(?:${CHINESE_NAME})(?:${SAID_IN_CHINESE}|[:：]\\s*)()()["“「'‘]()([^"”」'’\\n]{3,30})(?=["”」'’])`, 'g');
/** "the password from Old1 to New2" */
const CHANGED = new RegExp(`(?:${ENGLISH_NAME})\\b[^.\\n]{0,30}?\\bfrom()()()[ \\t]+([!-~]+)(?=[ \\t]+to[ \\t])`, 'gi');
const CHANGED_TO = new RegExp(`(?:${ENGLISH_NAME})\\b[^.\\n]{0,30}?\\bfrom[ \\t]+[!-~]+[ \\t]+to()()()[ \\t]+([!-~]+)`, 'gi');
/** Several words are one where quotes hold them together. */
const QUOTED_WORDS = new RegExp(`(?:${ENGLISH_NAME})(?:[ \\t]+(?:is|was))?[ \\t:=]*()()["“]()([^"”\\n]{4,40})(?=["”])`, 'gi');
const ABOUT_IN_ENGLISH =
  /\b(?:must|should|may|can|cannot|not|no|is|are|be|please|wrong|incorrect|required|empty|invalid|expired|changed?|reset|forgot\w*|enter|your|the|field|again|confirm|at least)\b/i;
/** Words of a dictionary, tied together, and the end of the clause. */
const TIED_WORDS = /^[a-z]{3,}(?:-[a-z]{3,}){2,}$/;
const ABOUT_IN_CHINESE = /必填|可选|错误|为空|正确|忘记|不能|请/;

/** What is no part of a value at its end, and where the next assignment begins (`…;Server=…`). */
const TAIL = /[,;.:)\]}>"'`*]+$|[;&,](?=[A-Za-z][\w. -]*=).*$/;

type Told = { name: string; link: string; quoted: boolean; value: string; start: number; after: string };

export function toldPasswords(text: string): Found[] {
  const passwords = [...told(text, PASSWORD), ...told(text, PASSWORD_LATER)].filter(isPassword);
  const codes = [...told(text, CODE), ...told(text, LOCK_CODE)].filter(({ value }) => /^\d{3,8}$/.test(value));
  const pairs = [
    ...told(text, PAIR),
    ...told(text, USUAL_USER),
    ...told(text, AFTER_LOGIN),
    ...told(text, WITH_COLON),
    ...told(text, NETWORK_KEY),
  ].filter(({ value }) => value.length >= 6 && canBeSaid(value));
  const chinese = told(text, QUOTED_CHINESE).filter(({ value }) => !ABOUT_IN_CHINESE.test(value) && !isPlaceholder(value));
  const words = told(text, QUOTED_WORDS).filter(({ value }) => /^\w[^={}<>$]* [^={}<>$]*\w$/.test(value) && !ABOUT_IN_ENGLISH.test(value));
  const changed = [...told(text, CHANGED), ...told(text, CHANGED_TO)].filter(({ value }) => canBeSaid(value));
  const before = told(text, TOLD_AFTER).filter(({ value }) => canBeSaid(value) && !ENDS_IN_NAME.test(value));
  return [...passwords, ...codes, ...pairs, ...chinese, ...words, ...changed, ...before].map(({ start, value }) =>
    found('password', start, value.length),
  );
}

function told(text: string, form: RegExp): Told[] {
  return [...text.matchAll(form)].map(match => {
    const [, name, link, quotes, run] = match;
    const start = text.indexOf(run, match.index + name.length + link.length + quotes.length);
    const quote = quotes[0];
    const closing = quote ? run.indexOf(CLOSED_BY[quote] ?? quote) : -1;
    const value = closing >= 0 ? run.slice(0, closing) : run.replace(TAIL, '').replace(TAIL, '');
    return { name, link, quoted: closing >= 0, value, start, after: text.slice(start + value.length, start + value.length + 20) };
  });
}

const COUNTS =
  /^\s*(?:位|个|天|次|分钟|小时|characters?\b|chars?\b|digits?\b|days?\b|times?\b|minutes?\b|hours?\b|letters?\b|months?\b|attempts?\b)/i;
const DIGITS = /^\d{4,12}$/;
const YEAR_OR_SMALL = /^(?:19|20)\d{2}$/;

function isPassword({ name, link, quoted, value, after }: Told): boolean {
  if (COUNTS.test(after) || value.startsWith('@')) return false;
  const chinese = /[\u4e00-\u9fff]/.test(name);
  if (!chinese && link === '') return false;
  const linked = /[=＝:：]|\b(?:is|was|to)\b|[是为成叫]/.test(link);
  if (DIGITS.test(value)) return linked || (chinese && !YEAR_OR_SMALL.test(value)) || /pin|code/i.test(name);
  if (/[=＝]/.test(link) || (quoted && linked)) return canBeAssigned(value);
  if (chinese && linked) return value.length >= 4 && !isPlaceholder(value) && !/^[a-z]+[(]|:\/\//i.test(value);
  if (/[:：]/.test(link) && canBeWord(value, after)) return true;
  if (linked && TIED_WORDS.test(value) && /^\s*(?:$|[\n,;.])/.test(after)) return true;
  return canBeSaid(value.replace(/[!?]+$/, ''));
}
