// The settings a person may give: `lr=1e-3 rounds=4`. Read, checked against their ranges, never guessed.
import { type Problem, Refusal } from '../problem.ts';

/** What a person asked for; the recipe picks the rest. */
export type Dials = {
  learningRate?: number;
  epochs?: number;
  batch?: number;
  rank?: number;
  alpha?: number;
  warmup?: number;
  replay?: number;
  seed?: number;
  checkpointing?: boolean;
};

type Dial =
  | { names: string[]; dial: keyof Dials; least: number; most: number; whole: boolean }
  | { names: string[]; dial: 'checkpointing' };

const DIALS: Dial[] = [
  { names: ['lr', 'rate', 'learning_rate', 'learningrate'], dial: 'learningRate', least: 1e-7, most: 1e-1, whole: false },
  { names: ['rounds', 'epochs'], dial: 'epochs', least: 1, most: 50, whole: true },
  { names: ['batch', 'batch_size'], dial: 'batch', least: 1, most: 64, whole: true },
  { names: ['rank', 'r'], dial: 'rank', least: 1, most: 256, whole: true },
  { names: ['alpha', 'lora_alpha'], dial: 'alpha', least: 1, most: 1024, whole: false },
  { names: ['warmup'], dial: 'warmup', least: 0, most: 0.5, whole: false },
  { names: ['replay'], dial: 'replay', least: 0, most: 200, whole: true },
  { names: ['seed'], dial: 'seed', least: 0, most: 2 ** 31 - 1, whole: true },
  { names: ['checkpointing'], dial: 'checkpointing' },
];

/** The names that a person may write, one a dial. */
export const dialNames = (): string[] => DIALS.map(({ names }) => names[0]);

/** The words that say these settings: what `readDials` reads back. */
export function dialWords(dials: Dials): string[] {
  return DIALS.flatMap(({ names: [name], dial }) => {
    const value = dials[dial];
    if (value === undefined) return [];
    return [`${name}=${typeof value === 'boolean' ? (value ? 'on' : 'off') : value}`];
  });
}

/**
 * Reads words like `lr=1e-3`. Throws a Refusal for the first one that is no `name=value`, has a name nobody knows,
 * comes twice, or has a value that is not a number in the range.
 */
export function readDials(words: string[]): Dials {
  const dials: Dials = {};
  for (const word of words) {
    const [, name, value] = /^([^=]+)=(.*)$/u.exec(word) ?? [];
    if (name === undefined) throw new Refusal('setting.form', { said: word.slice(0, 60), known: dialNames().join(', ') });
    const dial = DIALS.find(({ names }) => names.includes(name.toLowerCase().replaceAll('-', '_')));
    if (!dial) throw new Refusal('setting.unknown', { name: name.slice(0, 60), known: dialNames().join(', ') });
    if (dials[dial.dial] !== undefined) throw new Refusal('setting.twice', { name });
    Object.assign(dials, { [dial.dial]: 'least' in dial ? readNumber(dial, name, value) : readSwitch(name, value) });
  }
  return dials;
}

/**
 * Reads what was filled in for each name, the empty ones left out; `wrong` says by name what is no value for it. Fields of other names are
 * passed over. Signs that a Chinese keyboard writes (１．５) are those they stand for.
 */
export function readFilled(fields: Record<string, string>): { dials: Dials; wrong: Record<string, Problem> } {
  const dials: Dials = {};
  const wrong: Record<string, Problem> = {};
  for (const name of dialNames()) {
    const value = (fields[name] ?? '').normalize('NFKC').trim();
    if (value === '') continue;
    try {
      Object.assign(dials, readDials([`${name}=${value}`]));
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      wrong[name] = problem.problem;
    }
  }
  return { dials, wrong };
}

function readNumber({ least, most, whole }: Extract<Dial, { least: number }>, name: string, value: string): number {
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(value) ? Number(value) : Number.NaN;
  const fits = number >= least && number <= most && (!whole || Number.isInteger(number));
  if (!fits) throw new Refusal(whole ? 'setting.whole' : 'setting.number', { name, said: value.slice(0, 60), least, most });
  return number;
}

function readSwitch(name: string, value: string): boolean {
  const on = { on: true, yes: true, true: true, off: false, no: false, false: false }[value.toLowerCase()];
  if (on === undefined) throw new Refusal('setting.switch', { name, said: value.slice(0, 60) });
  return on;
}
