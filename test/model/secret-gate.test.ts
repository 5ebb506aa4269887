// The secret gate by itself: what has no secrets passes unchanged, and what passed passes again.
import { expect, test } from 'vitest';
import { sampleRows } from '../../src/chat/local/sample-team.ts';
import { maskedPlaces, throughGate } from '../../src/model/secret-gate.ts';

test.each(['en', 'zh'] as const)('the sample team (%s) has no secrets: every row passes as it is', async lang => {
  const rows = await sampleRows(lang);
  expect(rows.map(throughGate)).toEqual(rows.map(row => ({ row, masked: null })));
});

test('one value is the same placeholder in question and answer, and a masked row passes unchanged', () => {
  const row = { instruction: 'Is jo@quay-mail.io right?', input: '', output: 'No, write to ann@quay-mail.io; jo@quay-mail.io is gone.' };
  const masked = { instruction: 'Is {EMAIL} right?', input: '', output: 'No, write to {EMAIL-B}; {EMAIL} is gone.' };
  expect(throughGate(row)).toEqual({ row: masked, masked: { email: 3 } });
  expect(throughGate(masked)).toEqual({ row: masked, masked: null });
  // The answer is short enough to be seen whole, so its two places are one.
  expect(maskedPlaces(masked, 2)).toEqual(['Is {EMAIL} right?', 'No, write to {EMAIL-B}; {EMAIL} is gone.']);
  expect(maskedPlaces(masked, 1)).toEqual(['Is {EMAIL} right?', '…']);
});
