// What a version's report card holds: the numbers of an evaluation on held-out rows. Written by the worker, shown by the bot.

/** Averages over the held-out rows; null where a score does not apply (no reports, no Q&A, too few rows). */
export type Scores = {
  /** Mean negative log-likelihood of an answer token, in nats; perplexity is its exponential. */
  loss: number | null;
  perplexity: number | null;
  /** 0 to 1 (DESIGN, Scores). */
  reportForm: number | null;
  qaForm: number | null;
  factsFound: number | null;
  /** Numbers and ticket ids a report that stand in neither notes nor reference. */
  factsInvented: number | null;
  ownerRight: number | null;
  spansRight: number | null;
  /** 0 to 100: sacreBLEU's corpus BLEU, rouge-score's F measures. */
  bleu: number | null;
  rouge1: number | null;
  rouge2: number | null;
  rougeL: number | null;
  /** Loss on general questions, against the base's own greedy answers. */
  generalLoss: number | null;
  /** Rows measured. */
  examples: number;
  /** Mean words an answer (Chinese: characters). */
  words: number | null;
};

/** One held-out row, answered greedily by both, in plain text without guard and frame. */
export type Sample = { kind: 'qa' | 'report'; instruction: string; input: string; reference: string; base: string; tuned: string };

export type Evaluation = {
  base: Scores;
  tuned?: Scores;
  /** The same with the two nearest approved Q&A before each question. */
  withNearest?: { base: Scores; tuned?: Scores };
  /** The cheap rivals, no model at all: one constant answer in the house form, the nearest approved answer, the notes put into the frame. */
  constant?: Scores;
  nearest?: Scores;
  notesInFrame?: Scores;
  /** Held-out rows of each kind; below 8 in all, form and facts are shown as counts. */
  heldout: { qa: number; report: number };
  samples: Sample[];
};

/** An example that the tuned model finds hard: its number, its mean loss a token of the answer, in nats, and how many tokens those are. */
export type HardRow = { no: number; part: 'train' | 'heldout'; loss: number; tokens: number };

/** One of the team's own questions (`no`, as people know it) with what the base and the version answered, greedily, alone. */
export type ExamAnswer = { no: number; question: string; base: string; tuned: string };

/**
 * What the version gives away. `tried` training rows (of `of` whose answers are long enough) were begun for it, and it recited `extracted` of them to
 * the end, by their numbers in `rows`. `secrets`: found in all that it wrote for the card, those tries included; counts only.
 */
export type Leaks = { tried: number; of: number; extracted: number; rows: number[]; secrets: { kind: string; count: number }[] };

/** What the version's row keeps. */
export type VersionCard = {
  evaluation: Evaluation;
  /** The optimizer step that the adapter is of. */
  bestStep: number;
  peakBytes: number;
  /** Five at most, the hardest first; missing on cards of older versions. */
  hardest?: HardRow[];
  exam?: ExamAnswer[];
  leaks?: Leaks;
};
