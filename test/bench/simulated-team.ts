// A made-up team that votes: its people differ in taste, some vote often and some seldom, and an answer that is good is good for all who read it.
import type { Preferred } from '../../src/model/verdict.ts';

/**
 * `preference`: the chance that a vote which takes a side is for the tuned version, over all people and questions.
 * `person` and `question`: standard deviations of their effects, in logits (0.5: two thirds of the people lie between 38 % and 62 %).
 */
export type Team = { preference: number; person: number; question: number };

const FEWEST_PEOPLE = 4;
const MOST_PEOPLE = 12;
/** Spread of how often people vote: with 0.7 the busiest of ten votes about nine times as often as the laziest. */
const ACTIVITY = 0.7;
/** Each further person votes on a question with this chance: 2.5 votes a question where the team is large enough. */
const ONE_MORE = 0.6;

/** The decided votes of one such team, question by question; ties change nothing and are left out. */
export function decidedVotes(team: Team, votes: number, random: () => number): Preferred[] {
  const centre = centreFor(team);
  const size = FEWEST_PEOPLE + Math.floor(random() * (MOST_PEOPLE - FEWEST_PEOPLE + 1));
  const people = Array.from({ length: size }, () => ({ taste: team.person * normal(random), often: Math.exp(ACTIVITY * normal(random)) }));
  const decided: Preferred[] = [];
  while (decided.length < votes) {
    const lean = centre + team.question * normal(random);
    const left = [...people];
    do {
      const [{ taste }] = left.splice(drawn(left, random), 1);
      decided.push(random() < logistic(lean + taste) ? 'tuned' : 'base');
    } while (left.length > 0 && random() < ONE_MORE);
  }
  return decided.slice(0, votes);
}

function drawn(people: { often: number }[], random: () => number): number {
  let rest = random() * people.reduce((sum, { often }) => sum + often, 0);
  const index = people.findIndex(({ often }) => (rest -= often) < 0);
  return index < 0 ? people.length - 1 : index;
}

const centres = new Map<string, number>();

/** The logit whose mean over all effects is the preference, by bisection: effects pull every mean towards ½. */
function centreFor(team: Team): number {
  const key = JSON.stringify(team);
  const known = centres.get(key);
  if (known !== undefined) return known;
  const spread = Math.hypot(team.person, team.question);
  let [low, high] = [-10, 10];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (meanLogistic(middle, spread) < team.preference) low = middle;
    else high = middle;
  }
  centres.set(key, (low + high) / 2);
  return (low + high) / 2;
}

/** The mean of a logistic over a normal distribution, by the trapezoidal rule on ±6 standard deviations. */
function meanLogistic(centre: number, spread: number): number {
  let [sum, weights] = [0, 0];
  for (let z = -6; z <= 6; z += 0.05) {
    const weight = Math.exp((-z * z) / 2);
    sum += weight * logistic(centre + spread * z);
    weights += weight;
  }
  return sum / weights;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Box and Muller's. */
const normal = (random: () => number): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
