// What the page asks for: the live room, and one route for each thing a person can do.
import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_FILE_BYTES } from '../chat/files.ts';
import type { Desk } from '../chat/local/desk.ts';
import { Refusal } from '../problem.ts';
import { live } from './live.ts';

/** More than any message may have, so that a long one gets the room's own sentence. */
const MAX_JSON_BYTES = 1024 * 1024;

const Id = z.string().min(1).max(100);
const Say = z.object({ as: Id, channel: Id, thread: Id.optional(), text: z.string(), files: z.array(Id).max(10) });
const Press = z.object({ as: Id, message: Id, action: Id, value: z.string().max(2_000), fields: z.record(Id, z.string()).default({}) });
const React = z.object({ as: Id, message: Id, sign: z.string().max(50), on: z.boolean() });
const Edit = z.object({ as: Id, message: Id, text: z.string() });
const Remove = z.object({ as: Id, message: Id });
const NewChannel = z.object({ as: Id, name: z.string(), purpose: z.string().default('') });
const Language = z.object({ as: Id, lang: z.enum(['en', 'zh']) });
const NewPerson = z.object({ name: z.string(), guest: z.boolean().default(false) });

/** `closing` ends the live streams. */
export function chatRoutes(desk: Desk, closing: AbortSignal): Hono {
  const app = new Hono();

  app.get('/live', c => live(c, desk, closing));

  app.post('/say', async c => {
    const { as, channel, thread, text, files } = await body(c, Say);
    await desk.say(as, { channel, ...(thread && { thread }) }, text, files);
    return c.json({});
  });

  app.post('/press', async c => {
    const { as, ...press } = await body(c, Press);
    const { fieldErrors } = await desk.press({ person: as, ...press });
    return c.json({ fieldErrors });
  });

  app.post('/form', async c => {
    const { as, ...press } = await body(c, Press);
    return c.json({ form: await desk.formFor({ person: as, ...press }) });
  });

  app.post('/react', async c => {
    const { as, message, sign, on } = await body(c, React);
    await desk.react(as, message, sign, on);
    return c.json({});
  });

  app.post('/edit', async c => {
    const { as, message, text } = await body(c, Edit);
    await desk.edit(as, message, text);
    return c.json({});
  });

  app.post('/remove', async c => {
    const { as, message } = await body(c, Remove);
    await desk.remove(as, message);
    return c.json({});
  });

  app.post('/channels', async c => {
    const { as, name, purpose } = await body(c, NewChannel);
    const { id } = await desk.addChannel(as, name, purpose);
    return c.json({ id });
  });

  app.post('/sample-team', async c => {
    const { as, lang } = await body(c, Language);
    await desk.loadSampleTeam(as, lang);
    return c.json({});
  });

  app.post('/language', async c => {
    const { as, lang } = await body(c, Language);
    await desk.chooseLanguage(as, lang);
    return c.json({});
  });

  app.post('/people', async c => {
    const { name, guest } = await body(c, NewPerson);
    return c.json(await desk.addPerson(name, { guest }));
  });

  app.post('/files', async c => {
    const name = c.req.query('name')?.slice(0, 200) || 'file';
    const bytes = await bounded(c, MAX_FILE_BYTES, new Refusal('chat.fileTooBig', { name, most: MAX_FILE_BYTES / 2 ** 20 }));
    return c.json(await desk.upload(name, c.req.header('content-type')?.slice(0, 100) ?? '', bytes));
  });

  app.get('/files/:id', async c => {
    const { name, bytes } = await desk.file(c.req.param('id'));
    // Never shown in the page's own origin: a dropped file is data, whatever it says it is.
    c.header('content-type', 'application/octet-stream');
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    return c.body(new Uint8Array(bytes));
  });

  return app;
}

async function body<T>(c: Context, shape: z.ZodType<T>): Promise<T> {
  const bytes = await bounded(c, MAX_JSON_BYTES, new Refusal('web.tooLarge', { most: MAX_JSON_BYTES / 2 ** 20 }));
  try {
    return shape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw new Refusal('web.badRequest', {}, { cause });
  }
}

/** The request's body, given up at `most` bytes whatever its Content-Length says. */
async function bounded(c: Context, most: number, refusal: Refusal): Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > most) throw refusal;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (c.req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw refusal;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
