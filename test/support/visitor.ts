// Somebody at the local chat's page, over its real web API: says, drops, presses, and sees what the page would show.
import type { View, ViewMessage, ViewPart } from '../../src/chat/local/view.ts';

export type Visitor = {
  /** One of the room's people, made if there is none of that name. */
  person(name: string): Promise<string>;
  say(as: string, text: string, files?: string[]): Promise<void>;
  /** Uploads a file and sends it to the channel. */
  drop(as: string, name: string, bytes: string): Promise<void>;
  /** Presses the button with this label on a message; what the bot said to it. */
  press(as: string, message: ViewMessage, label: string): Promise<void>;
  /** Everything that `as` sees now, oldest first. */
  messages(as: string): Promise<ViewMessage[]>;
};

/** `address` is the one that npm start prints, token included. */
export async function visit(address: string): Promise<Visitor> {
  const { origin } = new URL(address);
  const entered = await fetch(address, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')!.split(';')[0];

  async function post(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<unknown> {
    const response = await fetch(`${origin}${path}`, { method: 'POST', headers: { cookie, origin, ...headers }, body });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
  const postJson = (path: string, body: object) => post(path, JSON.stringify(body), { 'content-type': 'application/json' });

  /** The first event of the live stream holds the whole room. */
  async function view(as: string): Promise<View> {
    const leaving = new AbortController();
    const response = await fetch(`${origin}/live?as=${as}`, { headers: { cookie }, signal: leaving.signal });
    let text = '';
    try {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const data = /^data: ?(.*)$/m.exec(text.slice(0, text.indexOf('\n\n') + 1))?.[1];
        if (data) return JSON.parse(data) as View;
      }
    } finally {
      leaving.abort();
    }
    throw new Error(`the room was not told: ${text}`);
  }
  const { me, channels } = await view('');
  const channel = channels.find(({ direct }) => !direct)!.id;

  const say = async (as: string, text: string, files: string[] = []) => {
    await postJson('/say', { as, channel, text, files });
  };
  return {
    say,
    async person(name) {
      const known = (await view(me)).people.find(person => person.name === name);
      return known?.id ?? ((await postJson('/people', { name })) as { id: string }).id;
    },
    async drop(as, name, bytes) {
      const { id } = (await post(`/files?name=${encodeURIComponent(name)}`, bytes, { 'content-type': 'application/json' })) as {
        id: string;
      };
      await say(as, '', [id]);
    },
    async press(as, message, label) {
      const button = message.parts.flatMap(part => ('buttons' in part ? part.buttons : [])).find(each => each.label === label);
      if (!button) throw new Error(`no button “${label}” on: ${textOf(message)}`);
      await postJson('/press', { as, message: message.id, action: button.action, value: button.value });
    },
    messages: async as => (await view(as)).messages.filter(({ deleted }) => !deleted),
  };
}

/** What a message says, as plain text: title, paragraphs, facts, notes and the buttons in brackets. */
export function textOf({ title, parts }: ViewMessage): string {
  return [title, ...parts.flatMap(wordsOf)]
    .join('\n')
    .replace(/<br>|<\/p>|<\/li>|<\/blockquote>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
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
