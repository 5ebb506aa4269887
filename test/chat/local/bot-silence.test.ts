// When the room says that its bot hears nothing.
import { afterEach, describe, expect, it } from 'vitest';
import { openBotSilence, waitsSince } from '../../../src/chat/local/bot-silence.ts';
import type { Entry } from '../../../src/chat/local/entries.ts';
import { openTestRoom, type TestRoom } from '../../support/room.ts';

let t: TestRoom;
afterEach(() => t?.remove());

const said = (n: number, at: number) => [n, { n, at, kind: 'reacted', id: 'm', by: 'p', sign: '✅', on: true } satisfies Entry] as const;

describe('the silence of a bot', () => {
  it('counts from what it did not hear, but as long as it hears one thing after the other there is none', () => {
    expect(waitsSince({ unheard: new Map(), heardAt: 0 })).toBe(undefined);
    expect(waitsSince({ unheard: new Map([said(1, 1_000), said(2, 2_000)]), heardAt: 0 })).toBe(1_000);
    expect(waitsSince({ unheard: new Map([said(1, 1_000), said(2, 2_000)]), heardAt: 7_000 })).toBe(7_000);
  });

  it('is no silence just after a start, however long something has been waiting', async () => {
    t = await openTestRoom();
    for (const entry of t.room.state.unheard.values()) entry.at = 0;
    expect(t.room.state.unheard.size).toBeGreaterThan(0);
    expect(openBotSilence(t.room).isSilent()).toBe(false);
  });
});
