// A problem as an answer: one sentence in the reader's language, never a stack.
import type { Context } from 'hono';
import type { Problem } from '../problem.ts';
import { type Lang, say } from '../words/words.ts';

/** The language that a request asks for, else `fallback`. */
function langOf(c: Context, fallback: Lang): Lang {
  const asked = c.req.header('accept-language') ?? '';
  if (/^zh\b/i.test(asked)) return 'zh';
  return /^en\b/i.test(asked) && asked.length <= 2 ? 'en' : fallback;
}

/** `{ problem: sentence }` with `status`. */
export function problemIn(c: Context, fallback: Lang, { code, values }: Problem, status: 400 | 401 | 403 | 404 | 413 | 500): Response {
  return c.json({ problem: say(langOf(c, fallback), code, values) }, status);
}
