// Labelled drafts (test/fixtures/marks/README.md): which spans are in the notes and which were invented.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type FactKind = 'number' | 'date' | 'ticket' | 'link' | 'name';
/** `start` and `end` in the draft without its labels. */
export type Label = { kind: FactKind; invented: boolean; start: number; end: number };
export type LabelledDraft = { name: string; notes: string; draft: string; labels: Label[] };

const LABEL = /<(!?)(number|date|ticket|link|name) ([^<>\n]+)>/gu;

/** All cases of all *.txt files of the folder. Throws where a case has no notes or no label. */
export function readCases(folder: string): LabelledDraft[] {
  const files = readdirSync(folder).filter(file => file.endsWith('.txt'));
  return files.sort().flatMap(file => {
    const [, ...cases] = readFileSync(join(folder, file), 'utf8').split(/^# (?=.+\n(?:(?!# ).*\n)+?---\n)/mu);
    return cases.map(text => parseCase(file, text));
  });
}

function parseCase(file: string, text: string): LabelledDraft {
  const [head, ...rest] = text.split(/^---\n/mu);
  const [name, ...notes] = head.split('\n');
  const { draft, labels } = withoutLabels(rest.join('---\n').trim());
  if (notes.join('').trim() === '' || labels.length === 0)
    throw new Error(`${file}, case ${name}: expected notes, --- and a labelled draft`);
  return { name: `${file} ${name}`, notes: notes.join('\n').trim(), draft, labels };
}

/** The draft as a person reads it, and where its labels were. */
function withoutLabels(labelled: string): { draft: string; labels: Label[] } {
  const labels: Label[] = [];
  let draft = '';
  let read = 0;
  for (const { 0: whole, 1: invented, 2: kind, 3: text, index } of labelled.matchAll(LABEL)) {
    draft += labelled.slice(read, index);
    labels.push({ kind: kind as FactKind, invented: invented === '!', start: draft.length, end: draft.length + text.length });
    draft += text;
    read = index + whole.length;
  }
  return { draft: draft + labelled.slice(read), labels };
}
