// The language that a request asks for in its address: `?lang=zh`.
import type { Context } from 'hono';
import type { Lang } from '../words/words.ts';

/** `fallback` where it asks for none, or for one that we do not write. */
export function langAsked(c: Context, fallback: Lang): Lang {
  const asked = c.req.query('lang');
  return asked === 'en' || asked === 'zh' ? asked : fallback;
}
