// The local chat as a place of stories, over the real web API of its page: what the page could do and would show, and nothing else.
import type { Form } from '../../src/chat/chat.ts';
import type { View, ViewChannel, ViewMessage, ViewPart, ViewPerson } from '../../src/chat/local/view.ts';
import type { File, Place, Seen, Where } from './person.ts';

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

  async function post<T>(path: string, body: BodyInit | object, type = 'application/json'): Promise<T> {
    const bytes = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${origin}${path}`, { method: 'POST', headers: { cookie, origin, 'content-type': type }, body: bytes });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
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
    for await (const view of liveViews(origin, { cookie, 'last-event-id': lastEventId }, as, leaving.signal)) {
      leaving.abort();
      return view;
    }
    throw new Error('the room was not told');
  }

  function channelOf({ channels }: Shown, { in: name, thread }: Where): string {
    if (thread) return [...channels.values()].find(channel => nameOf(channel) === thread.channel)!.id;
    const found = [...channels.values()].find(channel => (name === undefined ? !channel.direct : nameOf(channel) === name));
    if (!found) throw new Error(`no channel ${name}`);
    return found.id;
  }

  async function buttonOn(as: string, { id, text }: Seen, label: string) {
    const message = (await look(as)).messages.get(id);
    const buttons = message?.parts.flatMap(part => ('buttons' in part ? part.buttons : [])) ?? [];
    const button = buttons.find(each => each.label === label);
    if (!button) throw new Error(`no button “${label}” on: ${message ? textOf(message) : text}`);
    return { as, message: id, action: button.action, value: button.value };
  }

  return {
    async person(name) {
      const known = [...(await look('')).people.values()].find(person => person.name === name);
      return known?.id ?? (await post<{ id: string }>('/people', { name })).id;
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
    press: async (as, message, label) => void (await post('/press', await buttonOn(as, message, label))),
    async fill(as, message, label, fields) {
      const button = await buttonOn(as, message, label);
      const { form } = await post<{ form?: Form }>('/form', button);
      if (!form) throw new Error(`“${label}” opens no form`);
      const { fieldErrors } = await post<{ fieldErrors?: Record<string, string> }>('/press', {
        ...button,
        action: form.action,
        value: form.value,
        fields: { ...Object.fromEntries(form.fields.map(({ name, initial = '' }) => [name, initial])), ...fields },
      });
      if (fieldErrors && Object.keys(fieldErrors).length > 0) throw new Error(JSON.stringify(fieldErrors));
    },
    edit: async (as, { id }, text) => void (await post('/edit', { as, message: id, text })),
    remove: async (as, { id }) => void (await post('/remove', { as, message: id })),
    async messages(as) {
      const now = await look(as);
      return [...now.messages.values()].map(message => seen(now, message));
    },
  };
}

/** The cookie that the page's address leaves in a browser. */
export async function cookieOf(address: string): Promise<string> {
  const entered = await fetch(address, { redirect: 'manual' });
  return entered.headers.get('set-cookie')!.split(';')[0];
}

/** What `as` is shown, as it comes, until `signal` is aborted. */
export async function* liveViews(origin: string, headers: Record<string, string>, as: string, signal: AbortSignal): AsyncGenerator<View> {
  const response = await fetch(`${origin}/live?as=${as}`, { headers, signal });
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /^data: ?(.*)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data) yield JSON.parse(data) as View;
    }
  }
}

async function upload(post: <T>(path: string, body: string, type?: string) => Promise<T>, { name, text }: File): Promise<string> {
  return (await post<{ id: string }>(`/files?name=${encodeURIComponent(name)}`, text)).id;
}

const nameOf = ({ name, direct }: ViewChannel) => (direct ? 'direct' : name);

function seen({ channels, people }: Shown, message: ViewMessage): Seen {
  const { id, author, channel, thread, reactions, parts } = message;
  const bots = (ids: string[]) => ids.some(person => people.get(person)?.bot);
  return {
    id,
    text: textOf(message),
    author,
    channel: nameOf(channels.get(channel)!),
    thread,
    private: message.private,
    signs: reactions.filter(reaction => bots(reaction.people)).map(({ sign }) => sign),
    files: parts.flatMap(part => ('file' in part ? [{ name: part.file.name, text: part.file.text }] : [])),
  };
}

/** What a message says, as plain text: title, paragraphs, facts, notes, and the buttons in brackets. */
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
  if ('buttons' in part) return [part.buttons.map(({ label }) => `[${label}]`).join(' ')];
  return [];
}
