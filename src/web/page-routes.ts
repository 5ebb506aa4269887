// The page itself: HTML and style from the sources, its modules compiled, its sentences from words/.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Hono } from 'hono';
import { projectRoot } from '../root.ts';
import { type Lang, sentences } from '../words/words.ts';
import { langAsked } from './lang-asked.ts';

const SOURCES = join(projectRoot(), 'src', 'web', 'page');
const COMPILED = join(projectRoot(), 'dist', 'src', 'web', 'page');

export function pageRoutes(lang: Lang): Hono {
  const app = new Hono();
  app.get('/', async c => c.html(await readFile(join(SOURCES, 'index.html'), 'utf8')));
  app.get('/page/:name{[a-z-]+\\.css}', async c => {
    c.header('content-type', 'text/css; charset=utf-8');
    return c.body(await readFile(join(SOURCES, c.req.param('name')), 'utf8'));
  });
  app.get('/page/:name{[a-z-]+\\.js}', async c => {
    const text = await readFile(join(COMPILED, c.req.param('name')), 'utf8').catch(() => undefined);
    if (text === undefined) return c.notFound();
    c.header('content-type', 'text/javascript; charset=utf-8');
    return c.body(text);
  });
  app.get('/words.json', c => {
    const picked = langAsked(c, lang);
    return c.json({ lang: picked, words: sentences(picked, 'page.') });
  });
  return app;
}
