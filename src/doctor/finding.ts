// What the doctor finds: one line a check. A sentence of words/ by its code, and whether all is well.

/** `note`: nothing is wrong and nobody has to do anything, but it is good to know. */
export type Sign = 'well' | 'ill' | 'note';

/** Tells a finding as soon as it is known. */
export type Tell = (sign: Sign, code: string, values?: Record<string, string | number>) => void;

export const MARKS: Record<Sign, string> = { well: '✓', ill: '✗', note: '·' };
