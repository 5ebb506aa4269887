// Who may talk to the page: whoever came with the token once, from this page, under a name that nobody can rebind.
import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Lang } from '../words/words.ts';
import { problemIn } from './problem-in.ts';

/** Nothing from outside, nothing inline. Pictures as `data:` are our own. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const A_YEAR_S = 365 * 24 * 3600;

/**
 * Refuses, in this order: a Host that is neither an IP address nor localhost nor one of `names` (DNS rebinding needs a name),
 * a write whose Origin is another one, a visitor without the token. `/?token=…` leaves it in a cookie and comes back without it.
 */
export function guard({ token, lang, names }: { token: string; lang: Lang; names: string[] }): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    secure(c);
    if (!nameIsSafe(host, names)) return problemIn(c, lang, { code: 'web.badHost', values: { host: host.slice(0, 100) } }, 403);
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    const origin = c.req.header('origin');
    if (!reads && origin !== `http://${host}` && origin !== `https://${host}`) {
      return problemIn(c, lang, { code: 'web.badOrigin', values: {} }, 403);
    }
    // Cookies know no port: two rooms on one machine must not overwrite each other's.
    const cookie = `apprentice_${/:(\d+)$/.exec(host)?.[1] ?? '80'}`;
    const given = c.req.query('token');
    if (given && c.req.path === '/' && same(given, token)) {
      setCookie(c, cookie, token, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: A_YEAR_S });
      return c.redirect('/', 303);
    }
    if (!same(getCookie(c, cookie) ?? '', token)) return stranger(c, lang);
    await next();
  };
}

function secure(c: Context): void {
  c.header('content-security-policy', POLICY);
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
  c.header('cross-origin-opener-policy', 'same-origin');
  c.header('cross-origin-resource-policy', 'same-origin');
  c.header('cache-control', 'no-store');
}

function nameIsSafe(host: string, names: string[]): boolean {
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  return isIP(name) !== 0 || name === 'localhost' || names.includes(name);
}

function same(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A person who opened the bare address reads it as text; the page's own calls as a problem. */
function stranger(c: Context, lang: Lang): Response {
  return problemIn(c, lang, { code: 'web.noToken', values: {} }, 401);
}
