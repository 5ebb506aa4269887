// The exact sign test: how often would a fair coin fall at least this one-sided?

/**
 * The two-sided p-value of `wins` against `losses` under p = ½: twice the binomial tail of the larger count, at most 1.
 * Exact sums, no normal approximation (Conover, Practical Nonparametric Statistics, 3.4); good to thousands of votes.
 */
export function signTest(wins: number, losses: number): number {
  const n = wins + losses;
  return Math.min(1, 2 * tail(n, Math.max(wins, losses)));
}

/** P(X ≥ least) for X ~ Binomial(n, ½). Terms as logarithms, because ½ⁿ alone leaves the range of a double at n = 1075. */
function tail(n: number, least: number): number {
  let logTerm = -n * Math.LN2;
  let sum = 0;
  for (let k = n; k >= least; k--) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(k) - Math.log(n - k + 1);
  }
  return sum;
}
