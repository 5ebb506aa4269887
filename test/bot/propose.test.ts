// A team that only ever gives ✅ hears of the first run by itself, in the channel where the twelfth was given.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_RUN } from '../../src/bot/run/propose.ts';
import { cardToText } from '../../src/chat/card-text.ts';
import { until } from '../support/room.ts';
import { openTeaching } from '../support/teaching.ts';

let teaching: Awaited<ReturnType<typeof openTeaching>>;
const proposals = () =>
  [...teaching.room.state.messages.values()].filter(({ card }) => card && /enough for a first run/.test(cardToText(card)));

async function teach(n: number): Promise<void> {
  const question = await teaching.said('Ann', `Where does the key number ${n} hang?`);
  const answer = await teaching.said('Ben', `It hangs on hook ${n * 3}, beside the ${n % 2 ? 'red' : 'blue'} door.`, { thread: question });
  await teaching.react('Ann', answer);
}

beforeAll(async () => {
  teaching = await openTeaching();
});
afterAll(() => teaching?.close());

describe('the first run', () => {
  it('is not proposed with one ✅ too few, is with the next, to everybody, and never again', async () => {
    for (let n = 1; n < FIRST_RUN; n++) await teach(n);
    await teaching.settled();
    expect((await teaching.rows()).filter(({ state }) => state === 'approved')).toHaveLength(FIRST_RUN - 1);
    expect(proposals()).toEqual([]);
    await teach(FIRST_RUN);
    const proposal = await until(() => proposals()[0], 'the proposal');
    expect(proposal.onlyFor).toBeUndefined();
    expect(cardToText(proposal.card!)).toMatch(
      /12 examples are enough .*\(12 answers, 0 weekly reports\)[\s\S]*\[Start\] \[Settings …\] \[Not now\]/,
    );
    for (let n = FIRST_RUN + 1; n < FIRST_RUN + 3; n++) await teach(n);
    await teaching.settled();
    expect(proposals().map(({ id }) => id)).toEqual([proposal.id]);
    expect(cardToText(proposals()[0].card!)).toContain('12 examples');
  });
});
