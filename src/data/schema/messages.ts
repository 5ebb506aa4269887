// Messages of the chat that an example, a question or a report points to: where they are and what became of them, never their text.
import { pgTable, text, unique } from 'drizzle-orm/pg-core';
import { id, madeAt, moment, oneOf, ref, state } from './columns.ts';
import { channels, people } from './people.ts';

export const MESSAGE_STATES = ['present', 'deleted', 'hidden'] as const;

export const messages = pgTable(
  'messages',
  {
    id: id(),
    channel: ref(() => channels.id).notNull(),
    /** the platform's id; of the thread, the id of the message that it hangs on */
    ext: text().notNull(),
    threadExt: text(),
    author: ref(() => people.id),
    permalink: text().notNull(),
    state: state(MESSAGE_STATES).default('present'),
    /** HMAC of the text with this installation's key: tells whether it was edited, and nothing else */
    textHmac: text().notNull(),
    lookedAt: madeAt(),
    /** touched since, and not yet looked at */
    dirtyAt: moment(),
  },
  t => [unique('messages_ext').on(t.channel, t.ext), oneOf('messages_state', t.state, MESSAGE_STATES)],
);
