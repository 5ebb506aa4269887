// The one rule of what may be learned, fact by fact.
import { expect, test } from 'vitest';
import { type LearnFacts, mayLearn } from '../../src/model/may-learn.ts';
import { say } from '../../src/words/words.ts';

const fine: LearnFacts & { approver: NonNullable<LearnFacts['approver']> } = {
  channel: { kind: 'open', learn: 'on' },
  message: 'text',
  author: { bot: false, consent: 'unset', forgotten: false },
  approver: { guest: false, bot: false, isAuthor: false, role: 'member', listed: false },
  rule: { approve: 'anyone', ownCounts: false },
};

test('a text of somebody else’s, in an open channel that is switched on, may be learned', () => {
  expect(mayLearn(fine)).toEqual({ yes: true });
  expect(mayLearn({ ...fine, approver: undefined })).toEqual({ yes: true });
});

test.each(['private', 'direct', 'external', 'restricted'] as const)(
  'nothing from a %s channel, whoever approves and whatever is switched on',
  kind => {
    const verdict = mayLearn({ ...fine, channel: { kind, learn: 'on' }, rule: { approve: 'anyone', ownCounts: true } });
    expect(verdict).toEqual({ no: { code: `harvest.no.place.${kind}`, values: {} } });
  },
);

const { approver, author, rule } = fine;
test.each<[string, LearnFacts]>([
  ['place.off', { ...fine, channel: { kind: 'open', learn: 'off' } }],
  ['bot', { ...fine, message: 'ownBot' }],
  ['bot', { ...fine, author: { ...author, bot: true } }],
  ['question', { ...fine, message: 'question' }],
  ['noText', { ...fine, message: 'noText' }],
  ['tooShort', { ...fine, message: 'tooShort' }],
  ['tooLong', { ...fine, message: 'tooLong' }],
  ['noQuestion', { ...fine, message: 'noQuestion' }],
  ['noNotes', { ...fine, message: 'noNotes' }],
  ['beforeOn', { ...fine, message: 'beforeOn' }],
  ['author', { ...fine, author: { ...author, consent: 'out' } }],
  ['author', { ...fine, author: { ...author, forgotten: true } }],
  ['approver.bot', { ...fine, approver: { ...approver, bot: true } }],
  ['approver.guest', { ...fine, approver: { ...approver, guest: true } }],
  ['approver.own', { ...fine, approver: { ...approver, isAuthor: true } }],
  ['approver.listed', { ...fine, rule: { ...rule, approve: 'listed' } }],
  ['approver.admins', { ...fine, rule: { ...rule, approve: 'admins' } }],
])('no, for the reason %s, which both languages can say', (why, facts) => {
  const code = `harvest.no.${why}`;
  expect(mayLearn(facts)).toEqual({ no: { code, values: {} } });
  for (const lang of ['en', 'zh'] as const) expect(say(lang, code)).not.toContain(code);
});

test('a channel may let its own authors, its listed people or its admins approve', () => {
  expect(mayLearn({ ...fine, approver: { ...approver, isAuthor: true }, rule: { ...rule, ownCounts: true } })).toEqual({ yes: true });
  expect(mayLearn({ ...fine, approver: { ...approver, listed: true }, rule: { ...rule, approve: 'listed' } })).toEqual({ yes: true });
  expect(mayLearn({ ...fine, approver: { ...approver, role: 'owner' }, rule: { ...rule, approve: 'admins' } })).toEqual({ yes: true });
});
