// A card as the client draws it, in words: its title, what stands in it from above, boxes with their ticks, buttons in brackets.
import { markdownToHtml } from '../../../src/chat/markdown.ts';
import { type Element, type Json, walk } from './card.ts';
import { labelOf } from './hands.ts';

export type CardLook = { text: string; links: string[]; buttons: Map<string, Element>; fields: Element[] };

/** `nameOf`: a person's name by their id. */
export function lookOfCard(card: Json, nameOf: (id: string) => string): CardLook {
  const elements = (card.body as Json).elements as Element[];
  const { title, subtitle } = (card.header ?? {}) as { title?: Json; subtitle?: Json };
  const lines = [words(title), words(subtitle), ...linesOf(elements)].filter(line => line !== '');
  const all = walk(elements);
  return {
    text: lines.join('\n').trim(),
    links: all.filter(({ tag }) => tag === 'markdown').flatMap(({ content }) => linksIn(String(content))),
    buttons: new Map(all.filter(({ tag }) => tag === 'button').map(button => [labelOf(button), button])),
    fields: all.filter(({ tag }) => tag === 'input'),
  };

  /** Rows of buttons next to each other are one line. */
  function linesOf(all: Element[]): string[] {
    const lines: string[] = [];
    let buttons: string[] = [];
    const end = () => {
      if (buttons.length > 0) lines.push(buttons.join(' '));
      buttons = [];
    };
    for (const element of all) {
      const row = buttonsOf(element);
      if (row) buttons.push(...row);
      else {
        end();
        lines.push(...linesOfOne(element));
      }
    }
    end();
    return lines;
  }

  /** The labels, where there is nothing else in it. */
  function buttonsOf(element: Element): string[] | undefined {
    if (element.tag === 'button') return [`[${labelOf(element)}]`];
    if (element.tag !== 'column_set') return undefined;
    const inner = (element.columns as Element[]).flatMap(column => column.elements as Element[]);
    const rows = inner.map(buttonsOf);
    return inner.length > 0 && rows.every(row => row !== undefined) ? rows.flat() : undefined;
  }

  function linesOfOne(element: Element): string[] {
    switch (element.tag) {
      case 'markdown':
        return [markdown(String(element.content))];
      case 'div':
        return [words(element.text as Json)];
      case 'img':
        return [words(element.alt as Json)];
      case 'chart':
        return [String(((element.chart_spec as Json).title as Json | undefined)?.text ?? '')];
      case 'table':
        return (element.rows as Json[]).map(row =>
          (element.columns as Json[]).map(({ name }) => String(row[String(name)] ?? '')).join(': '),
        );
      case 'checker':
        return [`[${element.checked ? 'x' : ' '}] ${labelOf(element)}`];
      case 'input':
        return [words(element.label as Json), String(element.default_value ?? '')];
      case 'column_set':
        return columns(element);
      case 'collapsible_panel':
        return [words((element.header as Json | undefined)?.title as Json), ...linesOf(element.elements as Element[])];
      case 'form':
      case 'interactive_container':
        return linesOf(element.elements as Element[]);
      default:
        return [];
    }
  }

  /** Columns that do not break stand on one line: a name and its value. */
  function columns({ columns: all, flex_mode }: Element): string[] {
    const each = (all as Element[]).map(column => linesOf(column.elements as Element[]));
    return flex_mode === 'none' ? [each.map(lines => lines.join('\n')).join(': ')] : each.flat();
  }

  function words(value: unknown): string {
    const { tag, content = '' } = (value ?? {}) as { tag?: string; content?: string };
    return tag === 'lark_md' ? markdown(content) : content;
  }

  /** The client's own tags and entities on top of Markdown. */
  function markdown(content: string): string {
    const named = content
      .replace(/<at id=['"]?([\w-]+)['"]?><\/at>/g, (_, id) => `@${nameOf(id)}`)
      .replace(/<\/?(?:font|text_tag|number_tag)[^>]*>/g, '')
      .replace(/<hr>/g, '')
      .replace(/<br>/g, '\n');
    return decoded(
      markdownToHtml(named)
        .replace(/<br>|<\/p>|<\/li>|<\/blockquote>/g, '\n')
        .replace(/<[^>]+>/g, ''),
    ).trim();
  }
}

const linksIn = (content: string): string[] => [...content.matchAll(/\]\((https?:[^)\s]+)\)/g)].map(([, link]) => link);

/** Entities of HTML first, then those that stood in the card itself. */
function decoded(text: string): string {
  const once = (from: string) =>
    from
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&#39;/g, "'")
      .replace(/&nbsp;/g, ' ')
      .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
      .replace(/&amp;/g, '&');
  return once(once(text));
}
