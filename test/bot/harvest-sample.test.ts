// The sample team, loaded as chat messages with their ✅: every row comes out exactly as it stands in the file.
import { afterEach, expect, test } from 'vitest';
import { sampleRows } from '../../src/chat/local/sample-team.ts';
import { until } from '../support/room.ts';
import { openTeaching, type Teaching } from '../support/teaching.ts';

let teaching: Teaching;
afterEach(() => teaching?.close());

test.each([
  ['en', 96],
  ['zh', 38],
] as const)(
  'the sample team (%s) teaches what its file says: %i examples, one line a channel, and one word to each writer',
  async (lang, count) => {
    teaching = await openTeaching();
    await teaching.desk.loadSampleTeam(teaching.person('Ann'), lang);
    await until(async () => (await teaching.rows()).filter(({ state }) => state === 'approved').length >= count, 'all examples', 60_000);
    await teaching.settled();
    const text = ({ kind, instruction, input, output }: Record<'kind' | 'instruction' | 'input' | 'output', string | null>) =>
      JSON.stringify([kind, instruction, input, output]);
    const file = await sampleRows(lang);
    expect((await teaching.rows()).map(text).sort()).toEqual(file.map(text).sort());
    const bot = [...teaching.room.state.messages.values()].filter(({ card }) => card);
    const told = bot.filter(({ onlyFor }) => onlyFor);
    expect(told.filter(({ key }) => !key?.startsWith('consent:'))).toEqual([]);
    expect(new Set(told.map(({ onlyFor }) => onlyFor)).size).toBe(told.length);
    const channels = new Set(file.map(({ channel }) => channel)).size;
    expect(bot.filter(({ key }) => key?.startsWith('harvest:first:'))).toHaveLength(channels);
    const receipts = [...teaching.room.state.messages.values()].filter(({ reactions }) => reactions.kept);
    expect(receipts).toHaveLength(count);
  },
  120_000,
);
