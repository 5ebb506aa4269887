import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLocalChat } from '../../../src/chat/local/local.ts';
import { openTerminal } from '../../../src/chat/local/terminal.ts';
import { openTestRoom, type TestRoom } from '../../support/room.ts';

let t: TestRoom;
beforeEach(async () => {
  t = await openTestRoom();
});
afterEach(() => t.remove());

describe('the room in a terminal', () => {
  it('shows what is said, a bar at every tenth, and the card at the end', async () => {
    const lines: string[] = [];
    const terminal = openTerminal(t.room, line => lines.push(line));
    const chat = openLocalChat(t.room);
    await chat.start({ onEvent: async () => ({}), formFor: async () => undefined });
    await terminal.say('Ann', '@apprentice **hello**');
    for (let step = 0; step <= 100; step++) {
      await chat.post({ key: 'run:1', place: t.team, card: { title: 'Run 1', parts: [{ progress: step / 100, note: `step ${step}` }] } });
    }
    await chat.post({ key: 'run:1', place: t.team, card: { title: 'Run 1 · done', parts: [{ facts: [['loss', '1.85']] }] } });
    const shown = lines.join('');
    expect(shown).toContain('Ann: @apprentice hello\n');
    expect(shown.match(/step \d+/g)).toEqual(Array.from({ length: 11 }, (_, i) => `step ${i * 10}`));
    expect(shown).toContain('apprentice: Run 1 · done\n  \n  loss  1.85\n');
    await chat.stop();
  });

  it('a person presses the newest button, drops files and waits for answers', async () => {
    const terminal = openTerminal(t.room, () => {});
    const heard: unknown[] = [];
    const chat = openLocalChat(t.room);
    await chat.start({
      onEvent: async event => {
        if (event.kind === 'action') heard.push(event.value);
        if (event.kind === 'message') {
          heard.push(event.files[0]?.name ?? event.text);
          const buttons = [{ label: 'Both bad', action: 'vote', value: `bad:${event.text}` }];
          void chat.post({ key: event.key, place: event.place, card: { title: `answer to ${event.text}`, parts: [{ buttons }] } });
        }
        return event.kind === 'action' ? { say: 'thanks' } : {};
      },
      formFor: async () => undefined,
    });
    await terminal.say('Ann', '@apprentice one');
    const first = await terminal.sees(/answer to/);
    await terminal.say('Ben', '@apprentice two');
    expect((await terminal.sees(/answer to/, { after: first.id })).card?.title).toBe('answer to two');
    expect(await terminal.press('Ben', 'Both bad')).toEqual({ say: 'thanks' });
    await terminal.drop('Ann', 'rows.json', Buffer.from('[]'));
    expect(heard).toEqual(['one', 'two', 'bad:two', 'rows.json']);
    await expect(terminal.press('Ben', 'No such')).rejects.toThrow('No such');
    await expect(terminal.sees(/never said/, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
    await chat.stop();
  });
});
