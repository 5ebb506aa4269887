// `npm run bench marks [FOLDER]`: how many planted inventions are marked and how many true facts are, on labelled drafts (test/fixtures/marks/README.md)
// as they are and with more inventions planted by a seed. Last line: JSON with `recall` and `falseRate`.
import { join } from 'node:path';
import { type Mark, markInventions } from '../../src/model/marks.ts';
import { projectRoot } from '../../src/root.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import { type LabelledDraft, readCases } from './marks-cases.ts';
import { planted } from './planted.ts';

const VARIANTS = 4;

const cases = readCases(process.argv[3] ?? join(projectRoot(), 'test/fixtures/marks'));
const random = seededRandom(31);
const variants = Array.from({ length: VARIANTS }, () => cases.map(one => planted(one, random))).flat();
const drafts = [...cases, ...variants];

const touches = (a: { start: number; end: number }, b: { start: number; end: number }): boolean => a.start < b.end && b.start < a.end;
const rate = (labels: { marked: boolean }[]): number => labels.filter(({ marked }) => marked).length / labels.length;

function measure({ name, draft, notes, labels }: LabelledDraft) {
  const marks = markInventions(draft, notes);
  const judged = labels.map(label => ({
    ...label,
    name,
    text: draft.slice(label.start, label.end),
    marked: marks.some(mark => touches(mark, label)),
  }));
  return { judged, stray: marks.filter((mark: Mark) => !labels.some(label => touches(mark, label))).map(({ text }) => `${name}: ${text}`) };
}

const measured = drafts.map(measure);
const judged = measured.flatMap(one => one.judged);
const stray = measured.flatMap(one => one.stray);
const inventions = judged.filter(({ invented }) => invented);
const facts = judged.filter(({ invented }) => !invented);

console.log('| kind | inventions | marked | true facts | marked |\n|---|---|---|---|---|');
for (const kind of ['number', 'date', 'ticket', 'link', 'name']) {
  const [planted, true_] = [inventions, facts].map(labels => labels.filter(label => label.kind === kind));
  console.log(
    `| ${kind} | ${planted.length} | ${(100 * rate(planted)).toFixed(1)} % | ${true_.length} | ${(100 * rate(true_)).toFixed(1)} % |`,
  );
}
console.log(`${drafts.length} drafts; ${stray.length} marks on words that no label covers.`);
if (process.env.BENCH_SHOW) {
  for (const { name, kind, text, marked, invented } of judged)
    if (marked !== invented) console.log(`${invented ? 'missed' : 'wrong'} ${name}: ${kind} ${text}`);
  for (const one of stray) console.log(`stray ${one}`);
}
console.log(
  JSON.stringify({
    bench: 'marks',
    inventions: inventions.length,
    facts: facts.length,
    recall: rate(inventions),
    falseRate: rate(facts),
    handwritten: {
      recall: rate(inventions.filter(({ name }) => !name.includes('(planted)'))),
      falseRate: rate(facts.filter(({ name }) => !name.includes('(planted)'))),
    },
    stray: stray.length,
  }),
);
