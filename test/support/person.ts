// One person in a chat, as a story tells it: says, reacts, presses, unticks, fills, drops, edits, removes, sees. Knows no platform: what
// each platform's users have at hand is a Place, and the same story runs in all of them.

export interface Place {
  /** Somebody of that name, who joins (`guest`: from outside the team) if there is none; the platform's id. */
  person(name: string, guest?: boolean): Promise<string>;
  /** An open channel of that name, made if there is none. */
  channel(name: string, purpose: string): Promise<void>;
  /** The sample team has talked here, with all of its ✅. */
  sampleTeam(lang: 'en' | 'zh'): Promise<void>;
  say(as: string, where: Where, text: string, files: File[]): Promise<Seen>;
  react(as: string, message: Seen, sign: string, on: boolean): Promise<void>;
  press(as: string, message: Seen, label: string, how?: Press): Promise<void>;
  /** Presses a button that opens a form; what stands in the form's fields. */
  open(as: string, message: Seen, label: string): Promise<Record<string, string>>;
  /** Presses a button that opens a form, and sends the form. */
  fill(as: string, message: Seen, label: string, fields: Record<string, string>): Promise<void>;
  edit(as: string, message: Seen, text: string): Promise<void>;
  remove(as: string, message: Seen): Promise<void>;
  /** Everything that `as` sees now, oldest first. Rejects while the platform cannot be reached. */
  messages(as: string): Promise<Seen[]>;
  /** Keeps whatever is sent to `as` from now on, whether a person would see it or not. */
  record(as: string): Promise<Tape>;
}

export type Press = {
  /** Boxes of the message whose label matches are unticked before. */
  untick?: RegExp;
  /** On the message as `Seen` has it: what somebody does whose screen is an old one. */
  asItWas?: boolean;
};
export type Tape = {
  /** To the byte, and in the pieces in which it came. */
  pieces(): string[];
  stop(): void;
};

/** In the first open channel, unless `in` names another one or `direct`: with the bot alone. */
export type Where = { in?: string; thread?: Seen };
export type File = { name: string; text: string };
export type Seen = {
  id: string;
  /** Title, paragraphs, facts, what pictures show, boxes, and the buttons in brackets. */
  text: string;
  /** Where its links lead. */
  links: string[];
  /** What each button of it sends; only the place knows how to read that. */
  buttons: Map<string, unknown>;
  /** The whole of it as the platform sends it, whether a person would see it or not. */
  bytes: string;
  author: string;
  channel: string;
  /** Only this person sees it. */
  private: boolean;
  /** The id of the message that its thread hangs on. */
  thread?: string;
  /** The bot's own reactions. */
  signs: string[];
  files: File[];
};

export type Look = Where & {
  /** Said later than this message. */
  after?: Seen;
  privately?: boolean;
  /** Milliseconds. */
  within?: number;
};

export type Person = {
  id: string;
  say(text: string, where?: Where): Promise<Seen>;
  drop(name: string, text: string, where?: Where): Promise<Seen>;
  react(message: Seen, sign?: string): Promise<void>;
  unreact(message: Seen, sign?: string): Promise<void>;
  press(message: Seen, label: string, how?: Press): Promise<void>;
  open(message: Seen, label: string): Promise<Record<string, string>>;
  fill(message: Seen, label: string, fields: Record<string, string>): Promise<void>;
  edit(message: Seen, text: string): Promise<void>;
  remove(message: Seen): Promise<void>;
  /** The newest message by somebody else whose text matches, now or soon. */
  sees(text: RegExp, look?: Look): Promise<Seen>;
  /** Soon the bot's own reaction stands on the message (or no longer does). */
  seesSign(message: Seen, sign: 'seen' | 'kept' | 'working', on?: boolean): Promise<void>;
  /** Now; whoever asks has seen something that the bot said later. */
  doesNotSee(text: RegExp, look?: Look): Promise<void>;
  /** Everything by others that matches, as it looks now. */
  all(text: RegExp, look?: Look): Promise<Seen[]>;
  record(): Promise<Tape>;
};

const APPROVAL = '✅';
const PATIENCE_MS = 30_000;
const POLL_MS = 50;

/** `explain` tells whoever reads a failure what else was going on. */
export async function personIn(place: Place, name: string, explain: () => string, guest = false): Promise<Person> {
  const id = await place.person(name, guest);

  async function all(text: RegExp, { in: channel, thread, after, privately }: Look = {}): Promise<Seen[]> {
    const messages = await place.messages(id);
    return messages
      .slice(after ? messages.findIndex(message => message.id === after.id) + 1 : 0)
      .filter(message => message.author !== id && text.test(message.text))
      .filter(message => channel === undefined || message.channel === channel)
      .filter(message => thread === undefined || message.thread === thread.id)
      .filter(message => privately === undefined || message.private === privately);
  }

  async function soon<T>(what: string, within: number, find: () => Promise<T | undefined>): Promise<T> {
    for (const until = Date.now() + within; ; ) {
      // The bot may be away for a moment: that is what some stories are about.
      const found = await find().catch(() => undefined);
      if (found !== undefined) return found;
      if (Date.now() > until) throw new Error(`${name} waited for ${what}; ${name} sees:\n${await everything()}\n${explain()}`);
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
  }
  const everything = () =>
    place.messages(id).then(
      messages => messages.map(({ text, signs }) => `${text} ${signs.join(' ')}`).join('\n---\n'),
      error => String(error),
    );

  return {
    id,
    say: (text, where = {}) => place.say(id, where, text, []),
    drop: (file, text, where = {}) => place.say(id, where, '', [{ name: file, text }]),
    react: (message, sign = APPROVAL) => place.react(id, message, sign, true),
    unreact: (message, sign = APPROVAL) => place.react(id, message, sign, false),
    press: (message, label, how) => place.press(id, message, label, how),
    open: (message, label) => place.open(id, message, label),
    fill: (message, label, fields) => place.fill(id, message, label, fields),
    edit: (message, text) => place.edit(id, message, text),
    remove: message => place.remove(id, message),
    all,
    record: () => place.record(id),
    sees: (text, look = {}) => soon(String(text), look.within ?? PATIENCE_MS, async () => (await all(text, look)).at(-1)),
    async seesSign(message, sign, on = true) {
      await soon(`${on ? '' : 'no '}${sign} on “${message.text}”`, PATIENCE_MS, async () => {
        const now = (await place.messages(id)).find(each => each.id === message.id);
        return now && now.signs.includes(sign) === on ? true : undefined;
      });
    },
    async doesNotSee(text, look) {
      const [found] = await all(text, look);
      if (found) throw new Error(`${name} sees ${text}: ${found.text}`);
    },
  };
}
