// A place where people talk, as the product sees it. No vendor's word, no database, no wording.
// Adapters throw only RetryLater, NotAllowed, TooLong and Gone (./errors.ts); their limits are their own business.

export interface Chat {
  readonly platform: string;
  readonly workspace: string;
  /** That somebody has edited a message comes as no event: whoever has to know looks at it. */
  readonly editsAreSilent?: true;
  /** Connects and reconnects by itself; rejects only for bad credentials. */
  start(handlers: ChatHandlers): Promise<void>;
  /** No more events afterwards; sends in flight finish. */
  stop(): Promise<void>;
  /** Creates a message, or edits the one `at`; the same key twice is one message. */
  post(post: OutgoingPost): Promise<MessageRef>;
  /** Only that person sees it: by the reply handle, else as an ephemeral message, else as a direct one. */
  postPrivately(key: string, to: Recipient, card: Card): Promise<void>;
  setReaction(at: MessageRef, sign: 'seen' | 'kept' | 'working', on: boolean): Promise<void>;
  /** The message as it is now, with who approves of it. */
  fetchMessage(at: MessageRef): Promise<MessageSnapshot | 'deleted' | 'hidden'>;
  /** Oldest first, thread replies included, paced by the adapter. */
  history(place: Place, from: Date, until: Date): AsyncIterable<MessageSnapshot>;
  /** The file's bytes, at most 20 MB. */
  open(file: Attachment): Promise<Uint8Array>;
  person(id: string): Promise<Person>;
  channel(id: string): Promise<Channel>;
}

export type ChatHandlers = {
  /** Resolved means safely kept (database only, within a second); then the adapter acknowledges. */
  onEvent(event: ChatEvent): Promise<Ack>;
  /** Undefined: there is none (any more), and the press is an event like others. Rejects with a Refusal that says why this person gets none. */
  formFor(press: { person: string; place?: Place; ref?: MessageRef; action: string; value: string }): Promise<Form | undefined>;
};

/** Travels in the acknowledgement; only that person sees it. */
export type Ack = { say?: string; fieldErrors?: Record<string, string> };

/** `key` is unique a workspace: it makes redelivery harmless. */
export type ChatEvent = { key: string; at: Date } & (
  | { kind: 'message'; person: string; place: Place; text: string; ref?: MessageRef; reply?: string; files: Attachment[] }
  | { kind: 'action'; person: string; ref: MessageRef; action: string; value: string; reply?: string; fields: Record<string, string> }
  | { kind: 'touched'; ref: MessageRef }
  /** `by`: who took them in, where the platform tells */
  | { kind: 'joined' | 'left'; channel: string; person: string | 'bot'; by?: string }
  /** opened the direct chat with the bot, or set it up: as far as the platform tells */
  | { kind: 'met'; person: string }
  /** the platform was out of reach for a while, and may not tell what happened meanwhile: what is known is looked at again */
  | { kind: 'missed' }
  | { kind: 'uninstalled' }
);

export type Place = { channel: string; thread?: string };
export type MessageRef = { channel?: string; id: string };
/** `reply` is opaque, expires and is never logged: a slash command outside the bot's channels has nothing else. */
export type Recipient = { person: string; place?: Place; reply?: string };
export type Person = { id: string; name: string; lang?: string; tz?: string; guest: boolean; bot: boolean };
export type Channel = {
  id: string;
  name: string;
  kind: 'open' | 'private' | 'direct' | 'external' | 'restricted';
  purpose: string;
  guests: boolean;
  /** the bot is not in it: what it says there nobody would see */
  absent?: true;
};
export type Attachment = { id: string; name: string; bytes: number; mime: string };
export type MessageSnapshot = {
  ref: MessageRef;
  thread?: string;
  replyTo?: string;
  author: string;
  at: Date;
  edited?: Date;
  markdown: string;
  files: number;
  permalink: string;
  approvedBy: string[];
  fromBot: boolean;
};

export type OutgoingPost = { key: string; place: Place; at?: MessageRef; card: Card };

/** Every adapter can also render a card as plain text (./card-text.ts). */
export type Card = { title: string; parts: Part[] };
export type Part =
  | { markdown: string }
  | { columns: [Column, Column] }
  | { facts: [string, string][] }
  | { progress: number; note: string }
  | { curve: Curve }
  | { checklist: Checklist }
  | { file: { name: string; mime: string; text: string } }
  | { buttons: Button[] };
export type Column = { title: string; markdown: string };
/** Losses as [step, loss], at most 200 points; `alt` says in words what the picture shows. */
export type Curve = { train: [number, number][]; heldout: [number, number][]; best?: number; alt: string };
export type Checklist = { name: string; items: { value: string; label: string; checked: boolean }[] };
/** Only a button with `form` asks `formFor`; forms reach one person, never a shared card. */
export type Button = { label: string; action: string; value: string; style?: 'primary' | 'danger'; form?: true };
export type Form = {
  title: string;
  action: string;
  value: string;
  submit: string;
  fields: { name: string; label: string; multiline: boolean; initial?: string }[];
};
