// How figures are written for people: few digits, no false precision.

/** A loss or a perplexity: two decimals, from 100 on none. */
export const loss = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

/** A share as a percentage; of fewer than `smallest` rows as a count, because 3 of 4 is no 75 %. */
export const share = (value: number, of: number, countOf: (count: number, total: number) => string, smallest = 8): string =>
  of < smallest ? countOf(Math.round(value * of * 10) / 10, of) : `${Math.round(value * 100)} %`;

/** Any other figure: one decimal. */
export const decimal = (value: number): string => value.toFixed(1);

/** Whole minutes, at least 1. */
export const minutes = (ms: number): number => Math.max(1, Math.round(ms / 60_000));
