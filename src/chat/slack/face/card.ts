// A card as a Slack message: blocks, the plain text for notifications, and what is said in its thread because it does not fit.
import type { Lang } from '../../../words/words.ts';
import { partToText } from '../../card-text.ts';
import type { Card, Part } from '../../chat.ts';
import { fitted } from './fit.ts';
import { LIMITS } from './limits.ts';
import { type Block, unitsOf } from './parts.ts';
import { firstPiece } from './pieces.ts';
import { fromMarkdown } from './read-markdown.ts';
import { fromBlocks, type Json } from './read-rich-text.ts';
import { writeMrkdwn } from './write-mrkdwn.ts';
import type { Written } from './written.ts';

export type { Block };
/** `text` is mrkdwn of at most 4,000 bytes and never empty: Slack shows it in notifications and where blocks cannot be. */
export type SlackText = { text: string; blocks: Block[] };
export type SlackFile = { name: string; mime: string; text: string };
export type SlackMessage = SlackText & {
  /** To be posted in the message's thread, in this order: whole what the message itself shows the beginning of. */
  thread: SlackText[];
  /** To be uploaded into the thread; the message names each. */
  files: SlackFile[];
};

/** `picture` is the file id of the drawn curve. `below`: where there is no thread, the rest follows as messages. Throws TooLong. */
export function slackMessage(
  card: Card,
  { picture, lang = 'en', below = false }: { picture?: string; lang?: Lang; below?: boolean } = {},
): SlackMessage {
  const files = card.parts.flatMap(part => ('file' in part ? [part.file] : []));
  const { blocks, thread } = fitted(unitsOf(card, { picture, lang }), lang, below);
  return {
    text: textOnly(card),
    blocks: blocks.length > 0 ? blocks : [{ type: 'context', elements: [{ type: 'plain_text', text: '…' }] } as Block],
    thread: thread.map(blocks => ({ text: shortText(fromBlocks(blocks as Json[], () => undefined)), blocks })),
    files,
  };
}

/** The card as mrkdwn without blocks: its beginning, where it is longer than a `text` may be. */
export const textOnly = (card: Card): string => shortText([...fromMarkdown(card.title), ...card.parts.flatMap(writtenPart)]);

function writtenPart(part: Part): Written[] {
  if ('markdown' in part) return fromMarkdown(part.markdown);
  if ('columns' in part) return part.columns.flatMap(({ title, markdown }) => [...fromMarkdown(title), ...fromMarkdown(markdown)]);
  return [{ kind: 'text', runs: [{ text: partToText(part) }] }];
}

function shortText(written: Written[]): string {
  const fits = (text: string) => Buffer.byteLength(text) <= LIMITS.textBytes;
  const whole = writeMrkdwn(written).trim();
  if (fits(whole)) return whole || '…';
  // Escapes make text longer, so a piece of it is tried until it fits.
  for (let most: number = LIMITS.textBytes; ; most = Math.floor(most / 2)) {
    const [head] = firstPiece(written, most, Number.POSITIVE_INFINITY);
    const text = `${writeMrkdwn(head).trim()} …`;
    if (fits(text) || most <= 1) return text;
  }
}
