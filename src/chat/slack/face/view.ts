// A form as a modal. Slack takes 3,000 characters in one field, so a longer text stands in several, which are put together again.
import type { InputBlock, ModalView } from '@slack/types';
import { type Lang, say } from '../../../words/words.ts';
import type { Form } from '../../chat.ts';
import { TooLong } from '../../errors.ts';
import { cut, LIMITS } from './limits.ts';
import { richTextBlocks } from './pieces.ts';
import { fromMarkdown } from './read-markdown.ts';

const INPUT = 'text';
/** Of what may stand in a field, so much is filled in: room to write on. */
const FILLED = 2_400;

export type Submission = { action: string; value: string; fields: Record<string, string>; carried: string };
/** What is read of a submitted view; nothing of it is taken for granted. */
type SubmittedView = {
  private_metadata?: string;
  blocks?: { type?: string; block_id?: string }[];
  state?: { values?: Record<string, Record<string, { value?: string | null }>> };
};

/** Shown within the three seconds that a trigger_id lives, until there is a form. */
export const loadingView = (lang: Lang): ModalView => textView(say(lang, 'slackFace.loading.title'), say(lang, 'slackFace.loading'), lang);

/** A sentence in place of a form; `text` is Markdown. */
export const messageView = (title: string, text: string, lang: Lang = 'en'): ModalView => textView(title, text, lang);

function textView(title: string, text: string, lang: Lang): ModalView {
  const blocks = richTextBlocks(fromMarkdown(text.trim() || '…')).slice(0, LIMITS.viewBlocks);
  return { type: 'modal', title: plain(title, LIMITS.viewTitle), close: plain(say(lang, 'slackFace.close'), LIMITS.viewButton), blocks };
}

/** `carried` comes back with the submission: what the adapter must know then. Throws TooLong where Slack has no room for it. */
export function formView(form: Form, carried: string, lang: Lang = 'en'): ModalView {
  const private_metadata = JSON.stringify([form.action, form.value, carried]);
  if (private_metadata.length > LIMITS.viewMetadata) throw new TooLong('form');
  const whole = form.title.length > LIMITS.viewTitle ? richTextBlocks([{ kind: 'text', runs: [{ text: form.title, bold: true }] }]) : [];
  const blocks = [...whole, ...form.fields.flatMap(field => fieldBlocks(field, lang))];
  if (blocks.length > LIMITS.viewBlocks) throw new TooLong('form');
  return {
    type: 'modal',
    callback_id: 'form',
    private_metadata,
    title: plain(form.title, LIMITS.viewTitle),
    submit: plain(form.submit, LIMITS.viewButton),
    close: plain(say(lang, 'slackFace.cancel'), LIMITS.viewButton),
    blocks,
  };
}

function fieldBlocks({ name, label, multiline, initial = '' }: Form['fields'][number], lang: Lang) {
  const parts = multiline ? filledParts(initial) : [{ text: cut(initial, LIMITS.inputText), join: '' }];
  const above = label.length > LIMITS.inputLabel ? richTextBlocks([{ kind: 'text', runs: [{ text: label }] }]) : [];
  const inputs = parts.map(({ text, join }, i): InputBlock => {
    const block_id = inputId(i, join, name);
    if (block_id.length > LIMITS.id) throw new TooLong('form');
    const first =
      i > 0 || parts.length > 1 ? say(lang, 'slackFace.label.part', { label: i > 0 ? '…' : label, n: i + 1, total: parts.length }) : label;
    return {
      type: 'input',
      block_id,
      // What must be filled in, the bot knows and says in its reader's language.
      optional: true,
      label: plain(first, LIMITS.inputLabel),
      element: {
        type: 'plain_text_input',
        action_id: INPUT,
        multiline,
        ...(text && { initial_value: text }),
        max_length: LIMITS.inputText,
      },
    };
  });
  return [...above, ...inputs];
}

/** `join` is what stood between a part and the one before it. */
function filledParts(initial: string): { text: string; join: '' | 'n' }[] {
  if (initial.length <= LIMITS.inputText) return [{ text: initial, join: '' }];
  const parts: { text: string; join: '' | 'n' }[] = [];
  let join: '' | 'n' = '';
  for (let rest = initial; rest; ) {
    const line = rest.length > FILLED ? rest.lastIndexOf('\n', FILLED) : rest.length;
    const text = line > FILLED / 3 ? rest.slice(0, line) : cut(rest, FILLED, '');
    parts.push({ text, join });
    join = rest[text.length] === '\n' ? 'n' : '';
    rest = rest.slice(text.length + join.length);
  }
  return parts;
}

const inputId = (part: number, join: string, name: string): string => `field:${part}${join}:${name}`;
const readInputId = (id: string): { join: string; name: string } | undefined => {
  const [, join, name] = /^field:\d+(n?):(.*)$/s.exec(id) ?? [];
  return name === undefined ? undefined : { join: join ? '\n' : '', name };
};

/** What was filled in; undefined for a view that is no form of ours. */
export function submissionOf(view: SubmittedView): Submission | undefined {
  const [action, value, carried] = metadataOf(view.private_metadata);
  if (action === undefined || value === undefined || carried === undefined) return undefined;
  const fields: Record<string, string> = {};
  for (const { block_id = '' } of view.blocks ?? []) {
    const input = readInputId(block_id);
    if (!input) continue;
    const text = view.state?.values?.[block_id]?.[INPUT]?.value ?? '';
    // A part that somebody emptied leaves no empty line.
    const before = fields[input.name];
    fields[input.name] = before === undefined ? text : text === '' ? before : before === '' ? text : `${before}${input.join}${text}`;
  }
  return { action, value, fields, carried };
}

function metadataOf(metadata = ''): string[] {
  try {
    const read: unknown = JSON.parse(metadata);
    return Array.isArray(read) && read.length === 3 && read.every(each => typeof each === 'string') ? read : [];
  } catch {
    return [];
  }
}

/** What Slack shows under the fields, by block id. A field that the view does not have is told under its first. */
export function fieldErrors(view: Pick<SubmittedView, 'blocks'>, errors: Record<string, string>): Record<string, string> {
  const inputs = (view.blocks ?? []).flatMap(({ block_id = '' }) => {
    const input = readInputId(block_id);
    return input ? [{ block_id, name: input.name }] : [];
  });
  return Object.fromEntries(
    Object.entries(errors).flatMap(([name, message]) => {
      const under = inputs.find(input => input.name === name) ?? inputs[0];
      return under ? [[under.block_id, message]] : [];
    }),
  );
}

const plain = (text: string, most: number) => ({ type: 'plain_text' as const, text: cut(text.trim(), most) || '…', emoji: false });
