import { expect, test } from 'vitest';
import { newTurns } from '../../worker/engine/turns.ts';

const never = new AbortController().signal;

test('one at a time; answers overtake what can wait', async () => {
  const turns = newTurns();
  const order: string[] = [];
  const work = async (name: string, urgent: boolean) => {
    const done = await turns.take(urgent, never);
    order.push(`${name} begins`);
    await new Promise(resolve => setTimeout(resolve, 1));
    order.push(`${name} ends`);
    done();
  };
  await Promise.all([
    work('first', false),
    work('scoring', false),
    work('answer', true),
    work('scoring more', false),
    work('answer too', true),
  ]);
  const names = ['first', 'answer', 'answer too', 'scoring', 'scoring more'];
  expect(order).toEqual(names.flatMap(name => [`${name} begins`, `${name} ends`]));
});

test('who gives up waiting does not hold up the others', async () => {
  const turns = newTurns();
  const done = await turns.take(true, never);
  const gaveUp = new AbortController();
  const waiting = turns.take(true, gaveUp.signal);
  const after = turns.take(false, never);
  gaveUp.abort(new Error('gave up'));
  await expect(waiting).rejects.toThrow('gave up');
  done();
  (await after)();
  await expect(turns.take(true, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  (await turns.take(true, never))();
});
