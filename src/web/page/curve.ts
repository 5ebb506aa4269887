// The loss curve: a picture that the server draws, in the page's look and language, and its words below for everybody.
import type { Curve } from '../../chat/chat.ts';
import { h } from './dom.ts';
import { language } from './sentences.ts';

const LOOKS = ['light', 'dark'] as const;
/** As it is drawn (src/bot/run/draw-curve.ts): the room is kept free until it is there. */
const SIZE = { width: 560, height: 300 };

/** Where the reader saw which picture last, so that a message drawn anew does not flicker. */
const seen = new Map<string, string>();

/** `address`: where the server has the picture. One picture a look; the style sheet shows one, and a browser loads only that. */
export function curveElement(curve: Curve, address: string): HTMLElement {
  const { alt } = curve;
  const version = fingerprint(JSON.stringify(curve));
  return h(
    'figure',
    { class: 'curve' },
    ...LOOKS.map(look => picture(alt, look, `${address}?look=${look}&lang=${language()}`, version)),
    h('figcaption', { 'aria-hidden': 'true' }, alt),
  );
}

function picture(alt: string, look: string, place: string, version: string): HTMLImageElement {
  const now = `${place}&v=${version}`;
  const before = seen.get(place) ?? now;
  const image = h('img', { class: look, alt, ...SIZE, loading: 'lazy', src: before });
  image.addEventListener('load', () => seen.set(place, image.src));
  // The picture that is shown stays until the next one is there.
  if (before !== now) requestAnimationFrame(() => image.setAttribute('src', now));
  return image;
}

/** Another curve, another address (FNV-1a, 32 bits). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
