// Sampling against transformers' logits processors (fixture: test/fixtures/make/engine.py).
import { expect, test } from 'vitest';
import { seededRandom } from '../../worker/engine/random.ts';
import { candidates, nucleusOf, penalise } from '../../worker/engine/sampling.ts';
import { readFixture } from '../support/models.ts';

type Fixture = {
  penalties: { penalty: number; logits: number[]; seen: number[]; after: number[] }[];
  nuclei: { temperature: number; topP: number; logits: number[]; probabilities: number[] }[];
};
const fixture = readFixture<Fixture>('engine', 'sampling.json');
const greedy = { temperature: 0, topP: 1, repetitionPenalty: 1, seed: 0 };

test.each(fixture.penalties)('repetition penalty $penalty equals transformers', ({ penalty, logits, seen, after }) => {
  const ours = Float32Array.from(logits);
  penalise(ours, seen, penalty);
  ours.forEach((value, i) => void expect(value).toBeCloseTo(after[i], 5));
});

test.each(fixture.nuclei)(
  'temperature $temperature, top-p $topP: the same nucleus and probabilities as transformers',
  ({ logits, probabilities, ...how }) => {
    const nucleus = nucleusOf(Float32Array.from(logits), how);
    const sum = nucleus.reduce((total, { probability }) => total + probability, 0);
    const ours = new Array<number>(logits.length).fill(0);
    for (const { id, probability } of nucleus) ours[id] = probability / sum;
    expect(nucleus.map(({ id }) => id).sort((a, b) => a - b)).toEqual(probabilities.flatMap((p, id) => (p > 0 ? [id] : [])));
    ours.forEach((probability, id) => void expect(probability).toBeCloseTo(probabilities[id], 5));
  },
);

test('drawn tokens follow the probabilities, and never leave the nucleus', () => {
  const logits = [2, 1, 0, -1, -5];
  const sampling = { ...greedy, temperature: 1, topP: 0.9 };
  const nucleus = nucleusOf(Float32Array.from(logits), sampling);
  const sum = nucleus.reduce((total, { probability }) => total + probability, 0);
  const random = seededRandom(7);
  const DRAWS = 20_000;
  const counts = new Array<number>(logits.length).fill(0);
  for (let i = 0; i < DRAWS; i++) counts[candidates(Float32Array.from(logits), sampling, random).next().value!]++;
  for (const { id, probability } of nucleus) expect(counts[id] / DRAWS).toBeCloseTo(probability / sum, 1.5);
  expect(counts[3] + counts[4]).toBe(0);
});

test('refused tokens give way to the next best, each once', () => {
  const logits = [0.5, 3, -1, 2];
  expect([...candidates(Float32Array.from(logits), greedy, seededRandom(0))]).toEqual([1, 3, 0, 2]);
  const drawn = [...candidates(Float32Array.from(logits), { ...greedy, temperature: 0.8, topP: 0.7 }, seededRandom(1))];
  expect(drawn.toSorted()).toEqual([0, 1, 2, 3]);
});

test('the same seed draws the same numbers, another seed others', () => {
  const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
  expect(draw(3)).toEqual(draw(3));
  expect(draw(3)).not.toEqual(draw(4));
  const many = Array.from({ length: 10_000 }, seededRandom(5));
  expect(Math.min(...many)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...many)).toBeLessThan(1);
  expect(many.reduce((sum, x) => sum + x, 0) / many.length).toBeCloseTo(0.5, 1);
});
