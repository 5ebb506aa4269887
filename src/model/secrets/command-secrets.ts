// Passwords and tokens as command lines and request headers carry them.
import { type Found, found, type SecretKind } from './found.ts';
import { isPlaceholder } from './looks-secret.ts';

const VALUE = `(?:"([^"\\n]{3,})"|'([^'\\n]{3,})'|([^\\s"'\`，。；、]{3,}))`;
/** Programs and their options: `-p` and `-P` are two things. */
const COMMANDS: [kind: SecretKind, form: string][] = [
  ['password', `\\b(?:curl|wget|http|https)\\b[^\\n|]{0,200}?\\s(?:-u|--user)[ =]?["']?[^\\s:"']+:${VALUE}`],
  ['password', `\\b(?:mysql|mysqldump|mysqladmin|mariadb)\\b[^\\n|]{0,200}?\\s-p${VALUE}`],
  ['password', `\\bsshpass\\s+-p\\s*${VALUE}`],
  ['password', `\\bredis-cli\\b[^\\n|]{0,200}?\\s-a\\s+${VALUE}`],
  ['password', `\\b(?:docker|podman|helm|az|oc)\\b[^\\n|]{0,200}?\\slogin\\b[^\\n|]{0,200}?\\s-p\\s*${VALUE}`],
  ['password', `\\s--?pass(?:word|wd|phrase)?[ =]${VALUE}`],
  ['password', `\\b(?:mongo(?:sh|dump|restore|export|import)?|clickhouse-client|rabbitmqadmin)\\b[^\\n|]{0,200}?\\s-p\\s+${VALUE}`],
  ['password', `\\b(?:sqlcmd|bcp|isql|ipmitool|unzip|zip)\\b[^\\n|;&,]{0,200}?\\s-P\\s*${VALUE}`],
  ['password', `\\bldap(?:search|modify|add|delete|whoami)\\b[^\\n|]{0,200}?\\s-w\\s+${VALUE}`],
  ['password', `\\b(?:smbclient|rpcclient|mount\\.cifs)\\b[^\\n|]{0,200}?\\s-U\\s*[^\\s%]+%${VALUE}`],
  ['password', `\\bhtpasswd\\s+(?:-\\w+\\s+)*-\\w*b\\w*\\s+(?:-\\w+\\s+)*\\S+\\s+\\S+\\s+${VALUE}`],
  ['password', `\\becho\\s+(?:-\\w+\\s+)?["']?[\\w.-]+:([^\\s"'|]{3,})["']?\\s*\\|\\s*(?:sudo\\s+)?chpasswd\\b`],
  ['password', `\\becho\\s+(?:-\\w+\\s+)?["']?([^\\s"'|]{3,})["']?\\s*\\|\\s*sudo\\s+(?:-\\w+\\s+)*-S\\b`],
  ['key', `\\s--(?:api-?key|(?:access-?|auth-?)?token|secret(?:-?key)?)[ =]${VALUE}`],
];
/** Headers, statements and lines of configuration, in whatever case they are written. */
const LINES: [kind: SecretKind, form: string][] = [
  ['password', `\\buser\\b[^\\n;]{0,100}\\bidentified\\s+(?:with\\s+\\S+\\s+)?(?:by|as)\\s+['"]([^'"\\n]{3,})['"]`],
  ['password', `(?:^|\\n)\\s*(?:config set )?(?:requirepass|masterauth)\\s+${VALUE}`],
  // a line of .pgpass
  ['password', `(?:^|\\n)[\\w.*-]+:(?:\\d{2,5}|\\*):[\\w*-]+:[\\w*-]+:(?=\\S*\\d)(?=\\S*[a-z])([^\\s:]{6,})(?=\\s*(?:\\n|$))`],
  ['key', `\\b(?:Bearer|Basic)\\s+([\\w.~+/-]{16,}=*)`],
  ['key', `\\bAuthorization["']?\\s*:\\s*["']?(?:Token|ApiKey)\\s+${VALUE}`],
  ['key', `\\bCookie["']?\\s*:[^\\n]{0,300}?\\b[\\w.-]*(?:sess|sid|auth|token|jwt|remember)[\\w.-]*=([^\\s;"',]{16,})`],
  ['key', `[?&](?:app_?id|app_?key|key|ak|sk|access_?key|sign)=([\\da-f]{32,64})(?![\\w-])`], // as weather and map services take them
];
/** `"auth": "dXNlcjpwYXNz"` of Docker, `_auth=` of npm: user and password in base64. */
const PAIR_IN_BASE64 = /["']?\b_?auth["']?\s*[:=]\s*["']?([A-Za-z\d+/]{8,}={0,2})(?![\w+/=])/gi;
const ALL = [
  ...COMMANDS.map(([kind, form]) => [kind, new RegExp(form, 'gd')] as const),
  ...LINES.map(([kind, form]) => [kind, new RegExp(form, 'gid')] as const),
];

export function commandSecrets(text: string): Found[] {
  const pairs = [...text.matchAll(PAIR_IN_BASE64)].filter(({ 1: value }) => isPair(Buffer.from(value, 'base64').toString('latin1')));
  const commands = ALL.flatMap(([kind, form]) =>
    [...text.matchAll(form)].flatMap(({ indices }) => {
      const [start, end] = indices?.slice(1).find(Boolean) ?? [0, 0];
      const value = text.slice(start, end);
      return end === start || isPlaceholder(value) || value.startsWith('-') ? [] : [found(kind, start, value.length)];
    }),
  );
  return [...commands, ...pairs.map(({ 0: whole, 1: value, index }) => found('key', index + whole.length - value.length, value.length))];
}

const isPair = (decoded: string) => /^[!-9;-~]+:[ -~]+$/.test(decoded);
