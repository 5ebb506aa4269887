// docs/feishu.md tells an admin everything that the code asks for, in both languages.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVENTS } from '../../../src/chat/feishu/events.ts';
import { SCOPES } from '../../../src/chat/feishu/scopes.ts';
import { APPROVE, SIGNS } from '../../../src/chat/feishu/signs.ts';
import { projectRoot } from '../../../src/root.ts';

const root = projectRoot();
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const doc = read('docs/feishu.md');
const [, chinese, english] = doc.split(/^## (?:中文|English)$/m);
const variables = [...new Set(read('src/config.ts').match(/\bFEISHU_[A-Z_]*[A-Z]\b/g))].filter(name => name !== 'FEISHU_DOMAINS');

describe.each([
  ['Chinese', chinese],
  ['English', english],
])('the guide in %s', (_language, text) => {
  it('names every variable of the configuration', () => {
    expect(variables.length).toBeGreaterThan(5);
    for (const name of [...variables, 'TRAINING_ALLOWED', 'CONSENT', 'LANGUAGE']) expect(text).toContain(`\`${name}\``);
  });

  it('names every scope with a reason, and none that the code does not know', () => {
    const rows = [...text.matchAll(/^\| `([a-z]+:[\w.:]+)` \| (.+) \| (.+) \|$/gm)];
    expect(rows.map(([, scope]) => scope)).toEqual(SCOPES.map(({ name }) => name));
    for (const [, scope, why, without] of rows) for (const said of [why, without]) expect(said.trim(), scope).not.toBe('');
  });

  it('names every event, and the callback of cards', () => {
    for (const event of [...EVENTS, 'im.message.receive_v1', 'card.action.trigger']) expect(text).toContain(`\`${event}\``);
    const named = text.match(/`im\.[a-z\d_.]+_v1`/g)!.map(event => event.replaceAll('`', ''));
    expect([...new Set(named)].sort()).toEqual([...EVENTS, 'im.message.receive_v1'].sort());
  });

  it('names the reactions that approve and the bot’s own', () => {
    for (const sign of [...APPROVE, ...Object.values(SIGNS)]) expect(text).toContain(`\`${sign}\``);
  });
});

it('what is pasted into the console is the table of scopes', () => {
  const { scopes } = JSON.parse(/```json\n([\s\S]*?)```/.exec(doc)![1]);
  expect(scopes).toEqual({ tenant: SCOPES.map(({ name }) => name), user: [] });
});

it('every link to a file of ours leads to one', () => {
  for (const file of ['docs/feishu.md', 'docs/README.zh-CN.md']) {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path);
    expect(links.length).toBeGreaterThan(0);
    for (const path of links) expect(existsSync(join(root, dirname(file), path)), path).toBe(true);
  }
  expect(read('README.md')).toContain('(docs/README.zh-CN.md)');
});
