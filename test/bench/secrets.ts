// `npm run bench secrets [FOLDER]`: how many labelled secrets and personal details are found, and how many finds are none, on labelled messages
// (test/fixtures/secrets/README.md). A label counts as found when nothing of it is left; a find is right when it touches a label.
// BENCH_PART=tuning leaves the held-out third out of the list of mistakes. Last line: JSON with `recall`, `precision` and `rows`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets } from '../../src/model/secrets/find.ts';
import { projectRoot } from '../../src/root.ts';
import { type LabelledMessage, readMessages } from './secrets-cases.ts';

const folder = process.argv[3] ?? join(projectRoot(), 'test/fixtures/secrets');
const later = foldersIn(join(folder, 'later'));
const began = performance.now();
const [first, ...laterSets] = [folder, ...later].map(one => readMessages(one).map(judge));
const judged = [...first, ...laterSets.flat()];
const milliseconds = (performance.now() - began) / judged.length;

function foldersIn(path: string): string[] {
  return existsSync(path)
    ? readdirSync(path)
        .sort()
        .map(name => join(path, name))
    : [];
}

function judge(message: LabelledMessage) {
  const { text, labels } = message;
  const finds = findSecrets(text);
  return {
    ...message,
    missed: labels.filter(label => !finds.some(({ start, end }) => start <= label.start && label.end <= end)),
    otherKind: labels.filter(label => !finds.some(find => find.kind === label.kind && find.start < label.end && label.start < find.end)),
    wrong: finds.filter(find => !labels.some(({ start, end }) => find.start < end && start < find.end)),
    finds,
  };
}

type Judged = ReturnType<typeof judge>;
const count = (rows: Judged[], of: (row: Judged) => unknown[]) => rows.reduce((sum, row) => sum + of(row).length, 0);
const share = (part: number, whole: number) => (whole === 0 ? 1 : Math.round((part / whole) * 10_000) / 10_000);

function measured(rows: Judged[]) {
  const labels = count(rows, row => row.labels);
  const finds = count(rows, row => row.finds);
  return {
    recall: share(labels - count(rows, row => row.missed), labels),
    precision: share(finds - count(rows, row => row.wrong), finds),
    rows: rows.length,
  };
}

console.log('| kind | labels | found | under this kind |\n|---|---|---|---|');
for (const kind of [...new Set(judged.flatMap(({ labels }) => labels.map(label => label.kind)))]) {
  const of = (pick: (row: Judged) => { kind: string }[]) => count(judged, row => pick(row).filter(label => label.kind === kind));
  const all = of(row => row.labels);
  console.log(`| ${kind} | ${all} | ${all - of(row => row.missed)} | ${all - of(row => row.otherKind)} |`);
}
for (const { name, text, heldOut, missed, wrong } of judged) {
  if (heldOut && process.env.BENCH_PART === 'tuning') continue;
  for (const { kind, start, end } of missed) console.log(`missed ${name}: ${kind} ${text.slice(start, end)}`);
  for (const { kind, start, end } of wrong) console.log(`wrong ${name}: ${kind} ${text.slice(start, end)}`);
}
const part = (heldOut: boolean) => measured(first.filter(row => row.heldOut === heldOut));
console.log(
  JSON.stringify({
    bench: 'secrets',
    ...measured(judged),
    secretRows: judged.filter(({ labels }) => labels.length > 0).length,
    lookAlikeRows: judged.filter(({ labels }) => labels.length === 0).length,
    tuned: part(false),
    heldOut: part(true),
    later: laterSets.map(measured),
    msPerMessage: Math.round(milliseconds * 100) / 100,
  }),
);
