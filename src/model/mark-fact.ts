// A fact that stands in a text: where, and under which keys another text may hold the same one.

export type FactKind = 'number' | 'date' | 'ticket' | 'link' | 'name';

export type TextFact = {
  kind: FactKind;
  start: number;
  end: number;
  /** Two facts are the same where they share one key: "1,200" and "1.2k" are both n:1200. */
  keys: string[];
  /** Where no key is shared, the fact is there as well if another text holds all of these: "10-12" has 10 and 12. */
  parts?: string[];
  /** What a number measures: time, size, length, share, money. */
  measure?: string;
  /** More a name than a count: p95, 5.4.1. */
  named?: boolean;
  /** A word follows the number without being a measure: "3 services". */
  counted?: boolean;
};
