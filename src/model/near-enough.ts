// Is an approved question near enough to what was asked to be shown below the answer? Sharing "how do I" is not: what counts is the subject.
import { termsOf } from './terms.ts';

/** So much of the shorter of the two subjects has to be shared. */
const SHARE = 0.4;

/** Words that questions about anything have in common. */
const COMMON = new Set(
  `a an and any are as at be best can could did do does for from get give go had has have help here how i if in is it its know like many me much
  must my need new of on one or our please s should so some take tell that the their them then there these they this to up us use want was way we
  were what when where which who whom whose why will with work would you your today`.split(/\s+/),
);
/** Pairs of characters around question words: 怎么做, 什么是, 哪里可以. */
const COMMON_CHINESE = /[的了吗呢吧啊么呀是在有我你他她它们这那哪谁几和与或也都就请要]|怎|什|如何|可以|能不|多少|为何|需要|一下|应该|时候/u;

export function isNearEnough(asked: string, approved: string): boolean {
  const wanted = new Set(subjectOf(asked));
  const there = new Set(subjectOf(approved));
  const shared = [...wanted].filter(term => there.has(term)).length;
  return shared > 0 && shared >= SHARE * Math.min(wanted.size, there.size);
}

const subjectOf = (text: string): string[] =>
  termsOf(text)
    .filter(term => !COMMON.has(term) && !COMMON_CHINESE.test(term))
    .map(singular);

const singular = (word: string): string => (/[a-z]{3}s$/.test(word) && !word.endsWith('ss') ? word.slice(0, -1) : word);
