// `npm run bench verdict`: 10,000 made-up teams vote. How often the verdict names a winner where there is none, how often it finds one that is there,
// and after how many votes. The table stands in docs/operate.md too. Last line: JSON with `falseWins` (both sides, the worst of the usual rows) and `power`.
import { LOOKS, verdictOf } from '../../src/model/verdict.ts';
import { seededRandom } from '../../worker/engine/random.ts';
import { median } from './median.ts';
import { decidedVotes, type Team } from './simulated-team.ts';

const TEAMS = 10_000;
const MOST_VOTES = LOOKS.at(-1)!.votes;
const EFFECTS = [
  { name: 'none', person: 0, question: 0, usual: true },
  { name: 'moderate', person: 0.5, question: 0.5, usual: true },
  { name: 'moderate, questions differ much', person: 0.5, question: 1, usual: true },
  { name: 'strong', person: 1, question: 1, usual: false },
];
const PREFERENCES = [0.5, 0.6, 0.7, 0.8];

/** Shares of the teams; `votes`: the median number of decided votes at which the verdict stood. */
type Measured = { tuned: number; base: number; votes: number };

function measure(team: Team, seed: number): Measured {
  const random = seededRandom(seed);
  const verdicts = Array.from({ length: TEAMS }, () => verdictOf(decidedVotes(team, MOST_VOTES, random)));
  const share = (kind: string): number => verdicts.filter(verdict => verdict.kind === kind).length / TEAMS;
  return { tuned: share('tuned'), base: share('base'), votes: median(verdicts.map(({ look }) => look)) };
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
console.log(`Simulated: ${TEAMS} teams a row.\n`);
console.log('| effects of person / question (logits) | true preference for tuned | tuned wins | base wins | votes needed (median) |');
console.log('|---|---|---|---|---|');
const measured = EFFECTS.flatMap((effects, row) =>
  PREFERENCES.map((preference, column) => {
    const result = measure({ preference, person: effects.person, question: effects.question }, 1 + row * PREFERENCES.length + column);
    const cells = [`${effects.name}: ${effects.person} / ${effects.question}`, preference, percent(result.tuned), percent(result.base)];
    console.log(`| ${[...cells, result.votes].join(' | ')} |`);
    return { ...effects, preference, ...result };
  }),
);

const falseWins = Math.max(...measured.filter(row => row.usual && row.preference === 0.5).map(row => row.tuned + row.base));
const moderate = measured.filter(row => row.name === 'moderate' && row.preference > 0.5);
console.log(
  JSON.stringify({
    bench: 'verdict',
    teams: TEAMS,
    falseWins,
    power: Object.fromEntries(moderate.map(({ preference, tuned }) => [preference, tuned])),
    medianVotes: Object.fromEntries(moderate.map(({ preference, votes }) => [preference, votes])),
  }),
);
