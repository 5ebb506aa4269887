// The local chat as a place of stories, over the real web API of its page: what the page could do and would show, and nothing else.
import type { Button, Checklist, Form } from '../../src/chat/chat.ts';
import type { View, ViewChannel, ViewMessage, ViewPart, ViewPerson } from '../../src/chat/local/view.ts';
import type { File, Place, Press, Seen, Tape, Where } from './person.ts';

/** What one person has been shown so far; a page keeps the same and asks for what is new. */
type Shown = {
  room: string;
  n: number;
  people: Map<string, ViewPerson>;
  channels: Map<string, ViewChannel>;
  messages: Map<string, ViewMessage>;
};

/** `address` is the one that npm start prints, token included. */
export async function visit(address: string): Promise<Place> {
  const { origin } = new URL(address);
  const cookie = await cookieOf(address);
  const shown = new Map<string, Shown>();
  const tapes = new Map<string, string[]>();

  async function post<T>(path: string, body: string | object, type = 'application/json'): Promise<T> {
    const bytes = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${origin}${path}`, { method: 'POST', headers: { cookie, origin, 'content-type': type }, body: bytes });
    const text = await response.text();
    if (typeof body === 'object' && 'as' in body) tapes.get(String(body.as))?.push(text);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** The room as `as` sees it now: the first event of the live stream holds everything new. */
  async function look(as: string): Promise<Shown> {
    const before = shown.get(as);
    const news = await firstEvent(as, before ? `${before.room}-${before.n}` : '');
    const now: Shown = before ?? { room: news.room, n: 0, people: new Map(), channels: new Map(), messages: new Map() };
    now.n = news.n;
    for (const person of news.people) now.people.set(person.id, person);
    for (const channel of news.channels) now.channels.set(channel.id, channel);
    for (const message of news.messages) {
      if (message.deleted) now.messages.delete(message.id);
      else now.messages.set(message.id, message);
    }
    shown.set(as, now);
    return now;
  }

  async function firstEvent(as: string, lastEventId: string): Promise<View> {
    const leaving = new AbortController();
    const headers = { cookie, 'last-event-id': lastEventId };
    // Leaving the loop ends the stream.
    for await (const view of liveViews(origin, headers, as, leaving.signal)) return view;
    throw new Error('the room was not told');
  }

  function channelOf({ channels }: Shown, { in: name, thread }: Where): string {
    if (thread) return [...channels.values()].find(channel => nameOf(channel) === thread.channel)!.id;
    const found = [...channels.values()].find(channel => (name === undefined ? !channel.direct : nameOf(channel) === name));
    if (!found) throw new Error(`no channel ${name}`);
    return found.id;
  }

  /** A press as the page sends it: what is ticked travels with it. */
  async function pressOf(as: string, seen: Seen, label: string, { untick, asItWas = false }: Press = {}) {
    const message = (await look(as)).messages.get(seen.id);
    const button = asItWas ? seen.buttons.get(label) : message && buttonsOf(message).get(label);
    if (!button) throw new Error(`no button “${label}” on: ${message ? textOf(message) : seen.text}`);
    const { action, value } = button as Button;
    const ticked = message?.parts.flatMap(part => ('checklist' in part ? [[part.checklist.name, ticks(part.checklist, untick)]] : []));
    return { as, message: seen.id, action, value, fields: Object.fromEntries(ticked ?? []) as Record<string, string> };
  }

  async function openForm(button: Awaited<ReturnType<typeof pressOf>>, label: string): Promise<Form> {
    const { form } = await post<{ form?: Form }>('/form', button);
    if (!form) throw new Error(`“${label}” opens no form`);
    return form;
  }

  return {
    async person(name, guest = false) {
      const known = [...(await look('')).people.values()].find(person => person.name === name);
      return known?.id ?? (await post<{ id: string }>('/people', { name, guest })).id;
    },
    async channel(name, purpose) {
      const { channels, people } = await look('');
      if ([...channels.values()].some(channel => channel.name === name)) return;
      const [me] = [...people.values()].filter(({ bot }) => !bot);
      await post('/channels', { as: me.id, name, purpose });
    },
    async sampleTeam(lang) {
      const [me] = [...(await look('')).people.values()].filter(({ bot }) => !bot);
      await post('/sample-team', { as: me.id, lang });
    },
    async say(as, where, text, files) {
      const channel = channelOf(await look(as), where);
      const ids = await Promise.all(files.map(file => upload(post, file)));
      const thread = where.thread && (where.thread.thread ?? where.thread.id);
      await post('/say', { as, channel, ...(thread && { thread }), text, files: ids });
      const now = await look(as);
      return seen(now, [...now.messages.values()].findLast(({ author }) => author === as)!);
    },
    react: async (as, { id }, sign, on) => void (await post('/react', { as, message: id, sign, on })),
    press: async (as, message, label, how) => void (await post('/press', await pressOf(as, message, label, how))),
    async open(as, message, label) {
      return initialOf(await openForm(await pressOf(as, message, label), label));
    },
    async fill(as, message, label, fields) {
      const button = await pressOf(as, message, label);
      const form = await openForm(button, label);
      const { fieldErrors } = await post<{ fieldErrors?: Record<string, string> }>('/press', {
        ...button,
        action: form.action,
        value: form.value,
        fields: { ...button.fields, ...initialOf(form), ...fields },
      });
      if (fieldErrors && Object.keys(fieldErrors).length > 0) throw new Error(JSON.stringify(fieldErrors));
    },
    edit: async (as, { id }, text) => void (await post('/edit', { as, message: id, text })),
    remove: async (as, { id }) => void (await post('/remove', { as, message: id })),
    async messages(as) {
      const now = await look(as);
      return [...now.messages.values()].map(message => seen(now, message));
    },
    async record(as): Promise<Tape> {
      const { room, n } = await look(as);
      const kept: string[] = [];
      tapes.set(as, kept);
      const leaving = new AbortController();
      let broken: unknown;
      const listen = async () => {
        const headers = { cookie, 'last-event-id': `${room}-${n}` };
        for await (const text of liveTexts(origin, headers, as, leaving.signal)) kept.push(text);
        throw new Error('the stream has ended');
      };
      listen().catch(error => (broken = error));
      return {
        pieces() {
          // It has missed something.
          if (broken) throw new Error(`not all was kept that was sent to ${as}`, { cause: broken });
          return [...kept];
        },
        stop() {
          tapes.delete(as);
          leaving.abort();
        },
      };
    },
  };
}

/** The cookie that the page's address leaves in a browser. */
export async function cookieOf(address: string): Promise<string> {
  const entered = await fetch(address, { redirect: 'manual' });
  return entered.headers.get('set-cookie')!.split(';')[0];
}

type Live = [origin: string, headers: Record<string, string>, as: string, signal: AbortSignal];

/** What `as` is shown, as it comes, until `signal` is aborted. */
export async function* liveViews(...live: Live): AsyncGenerator<View> {
  for await (const text of liveTexts(...live)) yield JSON.parse(text) as View;
}

async function* liveTexts(...[origin, headers, as, signal]: Live): AsyncGenerator<string> {
  const response = await fetch(`${origin}/live?as=${as}`, { headers, signal });
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /^data: ?(.*)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data) yield data;
    }
  }
}

async function upload(post: <T>(path: string, body: string, type?: string) => Promise<T>, { name, text }: File): Promise<string> {
  return (await post<{ id: string }>(`/files?name=${encodeURIComponent(name)}`, text)).id;
}

const buttonsOf = ({ parts }: ViewMessage): Map<string, Button> =>
  new Map(parts.flatMap(part => ('buttons' in part ? part.buttons.map(button => [button.label, button] as const) : [])));

const initialOf = ({ fields }: Form): Record<string, string> => Object.fromEntries(fields.map(({ name, initial = '' }) => [name, initial]));

const ticks = ({ items }: Checklist, untick?: RegExp): string =>
  items
    .filter(({ label, checked }) => checked && !untick?.test(label))
    .map(({ value }) => value)
    .join(',');

const nameOf = ({ name, direct }: ViewChannel) => (direct ? 'direct' : name);

function seen({ channels, people }: Shown, message: ViewMessage): Seen {
  const { id, author, channel, thread, reactions, parts } = message;
  const bots = (ids: string[]) => ids.some(person => people.get(person)?.bot);
  return {
    id,
    text: textOf(message),
    links: [
      ...parts
        .flatMap(wordsOf)
        .join('')
        .matchAll(/<a [^>]*?href="([^"]*)"/g),
    ].map(([, link]) => link),
    buttons: buttonsOf(message),
    bytes: JSON.stringify(message),
    author,
    channel: nameOf(channels.get(channel)!),
    thread,
    private: message.private,
    signs: reactions.filter(reaction => bots(reaction.people)).map(({ sign }) => sign),
    files: parts.flatMap(part => ('file' in part ? [{ name: part.file.name, text: part.file.text }] : [])),
  };
}

/** What a message says, as plain text: title, paragraphs, facts, notes, boxes, and the buttons in brackets. */
function textOf({ title, parts }: ViewMessage): string {
  return [title, ...parts.flatMap(wordsOf)]
    .join('\n')
    .replace(/<br>|<\/p>|<\/li>|<\/blockquote>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .trim();
}

function wordsOf(part: ViewPart): string[] {
  if ('html' in part) return [part.html];
  if ('columns' in part) return part.columns.flatMap(({ title, html }) => [title, html]);
  if ('facts' in part) return part.facts.map(([name, value]) => `${name}: ${value}`);
  if ('progress' in part) return [part.note];
  if ('curve' in part) return [part.curve.alt];
  if ('checklist' in part) return part.checklist.items.map(({ label, checked }) => `[${checked ? 'x' : ' '}] ${label}`);
  if ('buttons' in part) return [part.buttons.map(({ label }) => `[${label}]`).join(' ')];
  return [];
}
