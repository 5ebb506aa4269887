// The pictures of the cards' curves. A curve that has not changed is drawn once for each look and language.
import { Hono } from 'hono';
import type { Curve } from '../chat/chat.ts';
import type { Desk } from '../chat/local/desk.ts';
import type { Lang } from '../words/words.ts';
import { langAsked } from './lang-asked.ts';

export type Look = 'light' | 'dark';
/** Gives a PNG. */
export type Draw = (curve: Curve, lang: Lang, look: Look) => Promise<Uint8Array>;

/** `GET /pictures/MESSAGE/PART.png?look=&lang=&v=`: another curve has another `v`, so a browser may keep what it has. */
export function pictureRoutes(desk: Desk, draw: Draw, lang: Lang): Hono {
  /** A card that is edited is another object, and the pictures of the old one go with it. */
  const drawn = new WeakMap<Curve, Map<string, Promise<Uint8Array>>>();

  function pictureOf(curve: Curve, picked: Lang, look: Look): Promise<Uint8Array> {
    const pictures = drawn.get(curve) ?? new Map<string, Promise<Uint8Array>>();
    drawn.set(curve, pictures);
    const key = `${picked} ${look}`;
    const picture = pictures.get(key) ?? draw(curve, picked, look);
    pictures.set(key, picture);
    // A picture that failed is tried anew.
    picture.catch(() => pictures.delete(key));
    return picture;
  }

  const app = new Hono();
  app.get('/pictures/:message/:part{[0-9]+\\.png}', async c => {
    const curve = desk.curve(c.req.param('message'), Number.parseInt(c.req.param('part'), 10));
    if (!curve) return c.notFound();
    const picture = await pictureOf(curve, langAsked(c, lang), c.req.query('look') === 'dark' ? 'dark' : 'light');
    c.header('content-type', 'image/png');
    c.header('cache-control', 'private, max-age=86400, immutable');
    return c.body(new Uint8Array(picture));
  });
  return app;
}
