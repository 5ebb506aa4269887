// Passwords and tokens as command lines and request headers carry them.
import { type Found, found, type SecretKind } from './found.ts';
import { isPlaceholder } from './looks-secret.ts';

const VALUE = `(?:"([^"\\n]{3,})"|'([^'\\n]{3,})'|([^\\s"'\`，。；、]{3,}))`;
const FORMS: [kind: SecretKind, form: string][] = [
  ['password', `\\b(?:curl|wget|http|https)\\b[^\\n|]{0,200}?\\s(?:-u|--user)[ =]?["']?[^\\s:"']+:${VALUE}`],
  ['password', `\\b(?:mysql|mysqldump|mysqladmin|mariadb)\\b[^\\n|]{0,200}?\\s-p${VALUE}`],
  ['password', `\\bsshpass\\s+-p\\s*${VALUE}`],
  ['password', `\\bredis-cli\\b[^\\n|]{0,200}?\\s-a\\s+${VALUE}`],
  ['password', `\\b(?:docker|podman|helm|az|oc)\\b[^\\n|]{0,200}?\\slogin\\b[^\\n|]{0,200}?\\s-p\\s*${VALUE}`],
  ['password', `\\s--?pass(?:word|wd|phrase)?[ =]${VALUE}`],
  ['key', `\\s--(?:api-?key|(?:access-?|auth-?)?token|secret(?:-?key)?)[ =]${VALUE}`],
  ['key', `\\b(?:Bearer|Basic)\\s+([\\w.~+/-]{16,}=*)`],
  ['key', `\\bAuthorization["']?\\s*:\\s*["']?(?:Token|ApiKey)\\s+${VALUE}`],
];
const ALL = FORMS.map(([kind, form]) => [kind, new RegExp(form, 'gid')] as const);

export function commandSecrets(text: string): Found[] {
  return ALL.flatMap(([kind, form]) =>
    [...text.matchAll(form)].flatMap(({ indices }) => {
      const [start, end] = indices?.slice(1).find(Boolean) ?? [0, 0];
      const value = text.slice(start, end);
      return end === start || isPlaceholder(value) || value.startsWith('-') ? [] : [found(kind, start, value.length)];
    }),
  );
}
