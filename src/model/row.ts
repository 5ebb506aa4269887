// One approved training row: Alpaca's three fields and what kind of answer it is.

/** Tokens, prompt and answer together. Attention grows with the square of a row's length; longer rows than this no team's answers need. */
export const MOST_ROW_TOKENS = 2048;

export type Kind = 'qa' | 'report';

/** `input` is '' where there is none (for a report: the notes, first line week and name). `thread` names the cluster the row belongs to. */
export type Row = { kind: Kind; instruction: string; input: string; output: string; thread?: string };
