// Slack's two ways of writing ⇄ our Markdown. The normal form: what write-markdown.ts writes; a heading has become a bold line, a table a
// block of code, a picture a link. For text in that form, reading what Slack stores of it gives the very same text again.
import { fromMarkdown } from './read-markdown.ts';
import { fromMrkdwn } from './read-mrkdwn.ts';
import { fromBlocks, type Json } from './read-rich-text.ts';
import { writeMarkdown } from './write-markdown.ts';
import { writeMrkdwn } from './write-mrkdwn.ts';
import type { NameOf } from './written.ts';

export type { NameOf };
/** What a message is read from; everything else of it (what was unfurled or forwarded, too) is not its author's. */
export type SlackMessage = { text?: string; blocks?: unknown };

const ids = (text: string): string[] => [...text.matchAll(/<[@#!](?:subteam\^)?([A-Z0-9]+)/g)].map(([, id]) => id);

/** A message as Markdown: its blocks where they hold text, else its `text`. An id whose name is unknown stands as itself. */
export function toMarkdown(message: SlackMessage, nameOf: NameOf): string {
  const written = fromBlocks(blocksOf(message), nameOf);
  return writeMarkdown(written.length > 0 ? written : fromMrkdwn(message.text ?? '', nameOf));
}

/** The people, channels and groups that a message names: `nameOf` is asked for these. */
export function namedIn(message: SlackMessage): string[] {
  const found = new Set(ids(message.text ?? ''));
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each);
    else if (typeof value === 'object' && value !== null) {
      const { user_id, channel_id, usergroup_id, ...rest } = value as Json;
      for (const id of [user_id, channel_id, usergroup_id]) if (typeof id === 'string') found.add(id);
      walk(Object.values(rest));
    } else if (typeof value === 'string') for (const id of ids(value)) found.add(id);
  };
  walk(blocksOf(message));
  return [...found];
}

/** Markdown as mrkdwn, of any length: cutting it is for whoever knows where it will stand. */
export const toMrkdwn = (markdown: string): string => writeMrkdwn(fromMarkdown(markdown));

const blocksOf = ({ blocks }: SlackMessage): Json[] =>
  Array.isArray(blocks) ? blocks.filter(block => typeof block === 'object' && block !== null) : [];
