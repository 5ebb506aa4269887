// Once an hour: texts that came to rest longer ago than RETAIN_DAYS are erased, and the audit says how many.
import { recordAudit } from '../data/audit.ts';
import { eraseOldTexts } from '../data/retention.ts';
import { type Loop, startLoop } from '../loop.ts';
import type { Bot } from './bot.ts';

const EVERY_MS = 3_600_000;

/** The first time at once: the bot may have been away. */
export const startErasing = (bot: Bot, days: number): Loop =>
  startLoop(
    async () => {
      const erased = await eraseOldTexts(bot.db, bot.workspace.id, days);
      if (Object.values(erased).every(count => count === 0)) return;
      await recordAudit(bot.db, { workspace: bot.workspace.id, actor: 'RETAIN_DAYS', verb: 'erase', object: 'texts', detail: erased });
    },
    EVERY_MS,
    problem => bot.report(problem, 'erasing'),
  );
