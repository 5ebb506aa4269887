// One message is drawn by one at a time. Whoever draws reads rows and then says how the message should look; two at once could end with the
// older look: the one who read first need not be the one who writes first.
import { openTurns } from '../in-turn.ts';
import type { Bot } from './bot.ts';

const turns = openTurns();

/** Runs `draw` when all that were asked for before with this post's `key` are over, however they ended. `draw` must not wait for its own key. */
export const inTurn = <T>({ workspace }: Pick<Bot, 'workspace'>, key: string, draw: () => Promise<T>): Promise<T> =>
  turns(`${workspace.id} ${key}`, draw);
