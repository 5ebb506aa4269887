// Rules for JSON that an app sends: each says in Slack's words, with a JSON pointer, what it does not take.

export type Issues = string[];
/** Adds to `issues` what is wrong with `value`, which stands at the pointer `at`. */
export type Rule = (value: unknown, at: string, issues: Issues) => void;
type Fields = Record<string, Rule | [Rule]>;

const wrong = (issues: Issues, at: string, what: string) => issues.push(`${what} [json-pointer:${at}]`);

export const text =
  (most: number, least = 1): Rule =>
  (value, at, issues) => {
    if (typeof value !== 'string') wrong(issues, at, 'must be a string');
    else if (value.length > most) wrong(issues, at, `must be less than ${most + 1} characters`);
    else if (value.length < least) wrong(issues, at, `must be more than ${least - 1} characters`);
  };

export const flag: Rule = (value, at, issues) => {
  if (typeof value !== 'boolean') wrong(issues, at, 'must be a boolean');
};

export const number: Rule = (value, at, issues) => {
  if (typeof value !== 'number') wrong(issues, at, 'must be a number');
};

export const anything: Rule = () => {};

export const among =
  (...known: string[]): Rule =>
  (value, at, issues) => {
    if (!known.includes(value as string)) wrong(issues, at, 'must be a valid enum value');
  };

export const list =
  (item: Rule, most: number, least = 1): Rule =>
  (value, at, issues) => {
    if (!Array.isArray(value)) return void wrong(issues, at, 'must be an array');
    if (value.length > most) wrong(issues, at, `no more than ${most} items allowed`);
    if (value.length < least) wrong(issues, at, `no less than ${least} items allowed`);
    for (const [i, each] of value.entries()) item(each, `${at}/${i}`, issues);
  };

/** Exactly these fields; one that must be there stands in brackets. */
export const object =
  (fields: Fields): Rule =>
  (value, at, issues) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return void wrong(issues, at, 'must provide an object');
    const given = value as Record<string, unknown>;
    for (const [name, rule] of Object.entries(fields)) {
      if (given[name] !== undefined) (Array.isArray(rule) ? rule[0] : rule)(given[name], `${at}/${name}`, issues);
      else if (Array.isArray(rule)) wrong(issues, at, `missing required field: ${name}`);
    }
    for (const name of Object.keys(given)) if (!(name in fields)) wrong(issues, `${at}/${name}`, `invalid additional property: ${name}`);
  };

/** By the field `type`; `shared` may stand in each. */
export const byType =
  (kinds: Record<string, Fields>, shared: Fields = {}): Rule =>
  (value, at, issues) => {
    const type = (value as { type?: unknown } | null)?.type;
    const fields = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (!fields) return void wrong(issues, `${at}/type`, `unsupported type: ${String(type)}`);
    object({ type: [anything], ...shared, ...fields })(value, at, issues);
  };

export const all =
  (...rules: Rule[]): Rule =>
  (value, at, issues) => {
    for (const rule of rules) rule(value, at, issues);
  };

/** At least one of these fields is there. */
export const oneOf =
  (...names: string[]): Rule =>
  (value, at, issues) => {
    if (!names.some(name => (value as Record<string, unknown>)?.[name] !== undefined))
      wrong(issues, at, `missing required field: ${names[0]}`);
  };
