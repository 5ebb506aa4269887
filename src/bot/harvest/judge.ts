// In which state an example is, judged from nothing but the facts: the same facts give the same state, however often they are looked at.
import type { ExampleState, RetiredWhy } from '../../data/example-states.ts';

export type ExampleFacts = {
  /** A person removed it, and nobody has approved it anew. */
  removed: boolean;
  /** All its messages can be seen. */
  sources: boolean;
  /** mayLearn, asked of its messages. */
  allowed: boolean;
  /** Approvals that stand and count. */
  standing: number;
  /** Those of them that are of the text as it is now. */
  ofThisText: number;
  /** How many the channel asks for. */
  needed: number;
  /** An earlier text was approved, and it says something else than the one that stands there now. */
  edited: boolean;
};

export function judge(facts: ExampleFacts): {
  state: Extract<ExampleState, 'pending' | 'approved' | 'stale' | 'retired'>;
  why: RetiredWhy | null;
} {
  if (!facts.sources) return { state: 'retired', why: 'sourceGone' };
  if (!facts.allowed) return { state: 'retired', why: 'notAllowed' };
  if (facts.ofThisText >= facts.needed) return { state: 'approved', why: null };
  if (facts.removed && facts.ofThisText === 0) return { state: 'retired', why: 'byHand' };
  if (facts.standing === 0) return { state: 'retired', why: 'approvalsGone' };
  return { state: facts.edited ? 'stale' : 'pending', why: null };
}
