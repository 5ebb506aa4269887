// The structure that DESIGN §4 promises, checked by walking the imports of every source file.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../src/root.ts';

const root = projectRoot();
const files = ['src', 'worker'].flatMap(top => sources(join(root, top)));

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** Leaves that every layer may import. */
const LEAVES = ['src/problem', 'src/root', 'src/loop', 'src/in-turn', 'src/words'];
/** Layer → what it may import besides itself and the leaves. The first matching prefix of a file is its layer. */
const MAY_IMPORT: [layer: string, imports: string[]][] = [
  ['src/process', ['src/log']],
  ['src/start', ['src/process', 'src/config', 'src/data', 'src/queue', 'src/chat/local']],
  ['src/places', ['src/bot/run/curve', 'src/bot/run/draw-curve', 'src/chat', 'src/config', 'src/log', 'src/web']],
  ['src/backup', ['src/config', 'src/data', 'src/start']],
  ['src/doctor', ['src/config', 'src/data', 'src/model', 'src/queue', 'src/chat']],
  ['src/demo-key', []],
  ['src/demo', ['src/demo-key', 'src/wiring', 'src/chat', 'src/config', 'src/data', 'src/log', 'src/model', 'src/queue', 'src/start']],
  ['src/main', ['src/process', 'src/places', 'src/wiring', 'src/config', 'src/data', 'src/log', 'src/queue', 'src/web']],
  ['src/wiring', ['src/bot', 'src/chat', 'src/data', 'src/log', 'src/queue']],
  ['src/bot', ['src/chat/chat', 'src/chat/errors', 'src/data', 'src/model', 'src/queue']],
  ['src/web', ['src/chat']],
  ['src/chat', []],
  ['src/data', []],
  ['src/queue', []],
  ['src/model', []],
  ['src/words', []],
  ['src/config', []],
  ['src/log', []],
  ['src/problem', []],
  ['src/root', []],
  ['src/loop', []],
  ['src/in-turn', []],
  ['worker/engine', ['src/model']],
  ['worker/builtin', ['src/model', 'src/config', 'worker/engine', 'worker/trainer']],
  ['worker', ['src/process', 'src/config', 'src/data', 'src/log', 'src/model', 'src/queue', 'src/chat']],
];

type Import = { from: string; to: string; typeOnly: boolean };

/** Every import and re-export of a file, as paths from the root without their extension; packages keep their name. */
function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const from = relative(root, file).replace(/\.ts$/, '');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'"\n;]|\n)*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g;
  return [...text.matchAll(pattern)].map(match => {
    const name = match[2] ?? match[3] ?? match[4];
    const to = name.startsWith('.') ? relative(root, resolve(dirname(file), name)).replace(/\.(ts|json)$/, '') : name;
    return { from, to, typeOnly: Boolean(match[1]) };
  });
}

const all = files.flatMap(importsOf);
const inside = (path: string, layer: string) => path === layer || path.startsWith(`${layer}/`);
const layerOf = (path: string) => MAY_IMPORT.find(([layer]) => inside(path, layer));

describe('architecture', () => {
  it('finds the imports (a walker that sees nothing would pass everything)', () => {
    expect(all.length).toBeGreaterThan(100);
    expect(all.some(({ to }) => to === 'onnxruntime-node')).toBe(true);
  });

  it('imports go down only, never sideways', () => {
    const wrong = all
      .filter(({ to }) => to.startsWith('src/') || to.startsWith('worker/'))
      .filter(({ from, to }) => {
        const [layer, imports] = layerOf(from) ?? ['', []];
        return !inside(to, layer) && !LEAVES.some(leaf => inside(to, leaf)) && !imports.some(allowed => inside(to, allowed));
      })
      .map(({ from, to }) => `${from} → ${to}`);
    expect(wrong).toEqual([]);
  });

  it('src never imports worker', () => {
    expect(all.filter(({ from, to }) => from.startsWith('src/') && to.startsWith('worker/'))).toEqual([]);
  });

  it('no place imports another: what they share lies in src/chat itself', () => {
    const placeOf = (path: string) => /^src\/chat\/(\w+)\//.exec(path)?.[1];
    const across = all.filter(({ from, to }) => placeOf(from) && placeOf(to) && placeOf(from) !== placeOf(to));
    expect(across).toEqual([]);
  });

  it('no import cycles', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to, typeOnly } of all) if (!typeOnly) edges.set(from, [...(edges.get(from) ?? []), to]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (node: string, path: string[]) => {
      if (path.includes(node)) cycles.push([...path.slice(path.indexOf(node)), node].join(' → '));
      else if (!done.has(node)) {
        for (const next of edges.get(node) ?? []) visit(next, [...path, node]);
        done.add(node);
      }
    };
    for (const node of edges.keys()) visit(node, []);
    expect(cycles).toEqual([]);
  });

  it('only worker/engine imports onnxruntime-node', () => {
    const others = all.filter(({ from, to }) => to.startsWith('onnxruntime') && !inside(from, 'worker/engine'));
    expect(others).toEqual([]);
  });

  it('only src/config.ts reads the environment', () => {
    const readers = files.filter(file => /process\.env/.test(readFileSync(file, 'utf8'))).map(file => relative(root, file));
    expect(readers).toEqual(['src/config.ts']);
  });

  it('contracts name no vendor', () => {
    const bot = files.filter(file => inside(relative(root, file), 'src/bot') || relative(root, file) === 'src/chat/chat.ts');
    const vendors = bot.filter(file => /\b(slack|feishu|lark|bolt)\b/i.test(readFileSync(file, 'utf8')));
    expect(vendors.map(file => relative(root, file))).toEqual([]);
  });
});
