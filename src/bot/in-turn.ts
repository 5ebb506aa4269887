// One message is drawn by one at a time. Whoever draws reads rows and then says how the message should look; two at once could end with the
// older look: the one who read first need not be the one who writes first.
import type { Bot } from './bot.ts';

const lines = new Map<string, Promise<unknown>>();

/** Runs `draw` when all that were asked for before with this post's `key` are over, however they ended. `draw` must not wait for its own key. */
export function inTurn<T>({ workspace }: Pick<Bot, 'workspace'>, key: string, draw: () => Promise<T>): Promise<T> {
  const name = `${workspace.id} ${key}`;
  const turn = (lines.get(name) ?? Promise.resolve()).then(draw, draw);
  lines.set(name, turn);
  const over = () => void (lines.get(name) === turn && lines.delete(name));
  turn.then(over, over);
  return turn;
}
