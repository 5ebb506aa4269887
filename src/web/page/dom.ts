// Elements from values. Text is always text; only `html` puts markup in, and it is given nothing but what the server made safe.

type Attributes = { [name: string]: string | number | boolean | undefined | ((event: Event) => void) };
type Child = Node | string | undefined | false;

/** `h('button', { class: 'x', onclick: f }, 'Send')`: functions are listeners, `true` is an empty attribute, `false` and undefined none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

/** An element around HTML that the server made from Markdown (src/chat/markdown.ts). */
export function html(tag: keyof HTMLElementTagNameMap, className: string, safe: string): HTMLElement {
  const element = h(tag, { class: className });
  element.innerHTML = safe;
  return element;
}

/** Draws the inside of `box` anew only where `look` differs from last time: what has the focus there keeps it. */
export function redraw(box: HTMLElement, look: string, inside: () => HTMLElement[]): void {
  if (box.dataset.look === look) return;
  box.dataset.look = look;
  box.replaceChildren(...inside());
}

/** The element of index.html with this id. */
export const byId = (id: string): HTMLElement => document.getElementById(id)!;

/** Text with `code` in backticks. */
export function withCode(text: string): Child[] {
  return text.split('`').map((piece, i) => (i % 2 ? h('code', {}, piece) : piece));
}

function fill<T extends Element>(element: T, attributes: Attributes, children: Child[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return element;
}
