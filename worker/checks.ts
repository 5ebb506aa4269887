// What the worker finds out before a run trains: how long the rows are, every setting with its reason, memory, disk, minutes, and what
// to say of them.
import { countKinds, roundOf } from '../src/model/balance.ts';
import type { Dials } from '../src/model/dials.ts';
import { adapterValues, diskBytes, minutesOf, parameters } from '../src/model/estimate.ts';
import { smallestChange } from '../src/model/fitting.ts';
import type { Preflight } from '../src/model/preflight.ts';
import { answerIds, exampleTurns, promptIds } from '../src/model/prompt.ts';
import { type Reason, recipe } from '../src/model/recipe.ts';
import { MOST_ROW_TOKENS, type Row } from '../src/model/row.ts';
import type { Settings } from '../src/model/settings.ts';
import { type Problem, Refusal } from '../src/problem.ts';
import { amountDoubts, costDoubts, settingDoubts } from './doubts.ts';
import { type Machine, needsOf } from './needs.ts';
import { type Reading, readingDoubts, readingWarnings } from './reading.ts';
import type { Base } from './workplace.ts';

/** A row of the dataset; `no` is the number that people know the example by. */
export type CheckedRow = Row & { no: number; part: 'train' | 'heldout' };

/**
 * `freeBytes`: memory for training; `diskFree`: where artifacts lie. `speed`: tokens a second, as measured here before. `reading`: how the
 * base reads these rows.
 */
export type Circumstances = Machine & { freeBytes: number; diskFree: number; threads: number; speed?: number; reading: Reading };

/** The run does not fit here; on another worker it may. */
export class MemoryShort extends Refusal {
  constructor({ code, values }: Problem) {
    super(code, values);
    this.name = 'MemoryShort';
  }
}

export type Plan = { settings: Settings; reasons: Reason[]; steps: number; preflight: Preflight };

/** Measured with SmolLM2-135M on two cores; scaled by size and cores until this worker has measured its own. */
const KNOWN_SPEED = { tokensPerSecond: 600, parameters: 1.35e8, threads: 2 };
/** Parameters × tokens a second: a small data-centre GPU at a quarter of its peak. Not measured; the first run replaces it. */
const GPU_SPEED = 5e12;
/** A general question and the base's answer, about. */
const REPLAY_TOKENS = 90;
const GB = 1e9;

/** The most tokens, prompt and answer together, that an example may have. */
export const mostTokens = (base: Pick<Base, 'model'>): number => Math.min(base.model.config.maxPositions, MOST_ROW_TOKENS);

/** Tokens of a row as it is trained on: prompt and answer with its end token. */
export const tokensOf = ({ tokenizer }: Base, row: Row): number =>
  promptIds(tokenizer, exampleTurns(row)).length + answerIds(tokenizer, row.output).length;

/** Throws a Refusal when nothing is left to train on, or when memory (even with activations computed twice) or disk does not suffice. */
export function planOf(base: Base, rows: CheckedRow[], wishes: Dials, seed: number, circumstances: Circumstances): Plan {
  const { config } = base.model;
  const measured = rows.map(row => ({ row, tokens: tokensOf(base, row) }));
  const most = mostTokens(base);
  const used = measured.filter(({ tokens }) => tokens <= most);
  const leftOut = measured.filter(({ tokens }) => tokens > most).map(({ row }) => row.no);
  const train = used.filter(({ row }) => row.part === 'train');
  const heldout = used.filter(({ row }) => row.part === 'heldout');
  if (train.length === 0) throw new Refusal('worker.nothingFits', { most });

  const lengths = used.map(({ tokens }) => tokens);
  const longest = Math.max(...lengths);
  const answer = Math.max(...used.map(({ row }) => answerIds(base.tokenizer, row.output).length));
  const { freeBytes, diskFree, threads, reading } = circumstances;
  const needsHere = needsOf(circumstances);
  const needs = (settings: Settings) => needsHere(config, { ...settings, lengths, answer, quantize: circumstances.quantize });
  const facts = { examples: countKinds(train.map(({ row }) => row)), parameters: parameters(config), seed, freeBytes, needs };
  const chosen = recipe({ ...facts, asked: wishes });
  const bytes = needs(chosen.settings);
  if (bytes > freeBytes) {
    const run = { ...chosen.settings, lengths, answer, quantize: circumstances.quantize };
    const short = smallestChange({ config, run, needs: needsHere, free: freeBytes, quantizes: circumstances.kind === 'cuda' });
    throw new MemoryShort(short);
  }
  const written = diskBytes(adapterValues(config, chosen.settings));
  if (written > diskFree) throw new Refusal('preflight.disk', { needs: (written / GB).toFixed(1), free: (diskFree / GB).toFixed(1) });

  const round = sum(roundOf(train.map(({ row, tokens }) => ({ kind: row.kind, tokens })))) + chosen.replay * REPLAY_TOKENS;
  const tokens = { train: sum(train), heldout: sum(heldout), longest };
  const speed = circumstances.speed ?? guessedSpeed(parameters(config), circumstances.kind, threads);
  const minutes = minutesOf({ trainTokens: round, heldoutTokens: tokens.heldout, epochs: chosen.settings.epochs, speed });
  return {
    settings: chosen.settings,
    reasons: chosen.reasons,
    steps: chosen.steps,
    preflight: {
      tokens,
      answer,
      leftOut,
      minutes,
      guessed: circumstances.speed === undefined,
      bytes,
      freeBytes,
      tokensPerCharacter: reading.tokensPerCharacter,
      lossPerCharacter: reading.lossPerCharacter,
      replay: chosen.replay,
      warnings: [...chosen.warnings, ...lengthWarnings(leftOut, most), ...testWarnings(heldout.length), ...readingWarnings(reading)],
      doubts: [
        ...readingDoubts(reading),
        ...amountDoubts({ train: train.length, heldout: heldout.length, leftOut: leftOut.length }),
        ...costDoubts({ minutes, bytes, freeBytes }),
        ...settingDoubts(chosen.settings, recipe(facts).settings),
      ],
    },
  };
}

function lengthWarnings(leftOut: number[], most: number): Problem[] {
  const SHOWN = 10;
  if (leftOut.length === 0) return [];
  const list = leftOut.slice(0, SHOWN).map(no => `#${no}`);
  const examples = [...list, ...(leftOut.length > SHOWN ? ['…'] : [])].join(', ');
  return [{ code: 'worker.rowsLeftOut', values: { count: leftOut.length, most, examples } }];
}

const testWarnings = (heldout: number): Problem[] => (heldout === 0 ? [{ code: 'advice.noHeldout', values: {} }] : []);

function guessedSpeed(params: number, kind: Machine['kind'], threads: number): number {
  if (kind === 'cuda') return GPU_SPEED / params;
  return (KNOWN_SPEED.tokensPerSecond * (KNOWN_SPEED.parameters / params) * threads) / KNOWN_SPEED.threads;
}

const sum = (rows: { tokens: number }[]): number => rows.reduce((all, { tokens }) => all + tokens, 0);
