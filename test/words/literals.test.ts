// People read only what stands in words/: a sentence written anywhere else in the bot, the chats or the page is found here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/root.ts';
import { type Literal, literalsOf } from '../support/literals.ts';

/** Three words of two letters and more, one after the other; or anything Chinese. */
const SENTENCE = /(?<![\p{L}\p{N}])(?:\p{L}[\p{L}’'-]+[,.;:]?\s+){2}\p{L}[\p{L}’'-]+|\p{Script=Han}|[，。：；！？（）]/u;
/** Fields that only people read: there a single word is one too many. */
const READ_BY_PEOPLE = /(?:\b(?:label|title|markdown|note|alt|submit|placeholder)|'aria-label'|'aria-description'):\s*$/;
/** For a programmer, a log, the database or a browser, by what stands right before it. */
const NOT_FOR_PEOPLE =
  /(?:\bsql(?:<[^`]*>)?|\b(?:super|new (?:\w*Error|RegExp|NotAllowed|TooLong|Gone))\([^;]*|\b(?:report|log\.\w+|warn|debug)\([^;]*|\bclass(?:Name)?:|\bhtml\('\w+',|\b(?:querySelector(?:All)?|closest|matches)(?:<\w+>)?\()\s*$/;
/** File and text of what may stand: what people type in either language is read there, not said; a font's name. */
const MAY_STAND: [file: string, text: RegExp][] = [
  ['src/bot/commands.ts', /^\p{Script=Han}{2,5}$/u],
  ['src/bot/rights/approver-change.ts', /^\p{Script=Han}{3}$/u],
  ['src/bot/run/draw-curve.ts', /^Noto Sans SC$/],
];

function isForPeople({ text, before }: Literal): boolean {
  const read = text.replace(/<[^>]*>|\{\}/g, ' ');
  return (SENTENCE.test(read) || (READ_BY_PEOPLE.test(before) && /\p{L}{2,}/u.test(read))) && !NOT_FOR_PEOPLE.test(before);
}

/** `file:line text` of every sentence in a source. */
function sentencesIn(file: string, source: string): string[] {
  const allowed = (text: string) => MAY_STAND.some(([where, what]) => where === file && what.test(text));
  return literalsOf(source)
    .filter(literal => isForPeople(literal) && !allowed(literal.text))
    .map(({ line, text }) => `${file}:${line} ${text}`);
}

const FOLDERS = ['src/bot', 'src/chat', 'src/web'];
const sources = FOLDERS.flatMap(folder =>
  readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => ({ file: `${folder}/${name}`, source: readFileSync(join(projectRoot(), folder, name), 'utf8') })),
);

describe('a sentence for people', () => {
  it('stands nowhere but in words/', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(sources.flatMap(({ file, source }) => sentencesIn(file, source))).toEqual([]);
  });

  it.each([
    ['a quoted one', `await post(bot, key, sentence('The run is done.'));`],
    ['one in double quotes', `const a = b / 2; say("Nobody is there");`],
    ['a template', `return sentence(\`Run \${no} is going on now\`);`],
    ['one inside a template’s place', `return \`\${ok ? 'all of it is kept' : ''}\`;`],
    ['a Chinese one', `return sentence('好的');`],
    ['a button of one word', `buttons: [{ label: 'Start', action: 'start-run' }]`],
    ['one after a regular expression with a quotation mark', `text.replace(/['"]/g, ''); sentence('Here it is again');`],
  ])('is found: %s', (_, source) => {
    expect(sentencesIn('src/bot/x.ts', source)).toHaveLength(1);
  });

  it.each([
    ['a comment', `// This is no sentence for people\n/* nor is this one here */`],
    ['a developer’s error', `throw new Error('the local chat was started already');`],
    ['a log line', `bot.report(problem, 'linking to a run');`],
    ['SQL', 'sql`select name from people where id = 1`'],
    ['a code from words/', `say(lang, 'run.title.done', { no })`],
    ['an import', `import { a } from '../data/example-pages.ts';`],
    ['a regular expression', `const REPORT = /周报|weekly status report/iu;`],
  ])('is not %s', (_, source) => {
    expect(sentencesIn('src/bot/x.ts', source)).toEqual([]);
  });
});
