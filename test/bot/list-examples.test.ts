// What people see of examples that were taught in the chat: who wrote and approved them, the way to the message, and taking one out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardToText } from '../../src/chat/card-text.ts';
import { until } from '../support/room.ts';
import { openTeaching } from '../support/teaching.ts';

let teaching: Awaited<ReturnType<typeof openTeaching>>;
let answer: string;

/** Says it, and gives what only this person hears next that `pattern` matches. */
async function hears(name: string, text: string, pattern: RegExp) {
  const { room, person, said } = teaching;
  const before = new Set(room.state.messages.keys());
  await said(name, text);
  const fresh = () => [...room.state.messages.values()].filter(({ id, onlyFor }) => !before.has(id) && onlyFor === person(name));
  return until(() => fresh().find(({ card }) => card && pattern.test(cardToText(card))), String(pattern));
}

beforeAll(async () => {
  teaching = await openTeaching();
  const question = await teaching.said('Ann', 'How do I open the north locker?');
  answer = await teaching.said('Ben', 'Turn the key twice, then press the red button.', { thread: question });
  await teaching.react('Ann', answer);
  await until(() => teaching.receipt(answer), 'the receipt');
});
afterAll(() => teaching?.close());

describe('examples taught in the chat', () => {
  it('are listed with author, approvers and the way to their message', async () => {
    const list = await hears('Cy', '/finetune examples', /Examples · page 1 of 1/);
    expect(cardToText(list.card!)).toMatch(/#1 How do I open the north locker\?\n.*answer · by Ben · ✅ Ann · message/);
    expect(JSON.stringify(list.card)).toContain(answer);
    const [buttons] = list.card!.parts.flatMap(part => ('buttons' in part ? [part.buttons] : []));
    expect(buttons.map(({ label }) => label)).toEqual(['Export all']);
    await teaching.press('Cy', /Export all/);
    await until(() => teaching.told('Cy').some(text => /Your 1 example/.test(text)), 'the export');
  });

  it('can be taken out by their number: the receipt goes, and a ✅ given anew brings it back', async () => {
    await hears('Cy', '/finetune remove 1', /Example 1 \(“How do I open the north locker\?”\) is out[\s\S]*take the ✅ off its message/);
    await until(() => !teaching.receipt(answer), 'the receipt goes');
    await hears('Cy', '/finetune export', /nothing to export/);
    await teaching.react('Ann', answer, false);
    await teaching.settled();
    await teaching.react('Ann', answer);
    await until(() => teaching.receipt(answer), 'the receipt comes back');
    await hears('Cy', '/finetune export', /Your 1 example/);
  });

  it('stay listed without their words and without a link once their message is deleted', async () => {
    const ben = teaching.person('Ben');
    await teaching.room.remove(ben, answer);
    await until(async () => (await teaching.rows())[0].state === 'retired', 'it is retired');
    const list = await hears('Cy', '/finetune examples', /page 1 of 1/);
    expect(cardToText(list.card!)).toMatch(/#1 \(not shown\)\n.*does not count/);
    expect(JSON.stringify(list.card)).not.toContain(answer);
    await hears('Cy', '/finetune remove 1', /does not count as it is/);
  });
});
