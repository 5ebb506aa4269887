// The few pictures of the page, as strokes on a 24 × 24 grid: no font and no file is needed to see them.
import { svg } from './dom.ts';

const STROKES = {
  sprout: 'M12 21v-9m0 3c-4.5 0-6.5-2.5-6.5-6.500 4.500 0 6.500 2.500 6.500 6.500Zm0-3c0-4 2-6 6.500-6 0 4-2 6-6.500 6Z',
  send: 'M4.500 12h13m-5.500-6 6 6-6 6',
  clip: 'm20 11.500-8 8a5 5 0 0 1-7-7l8.500-8.500a3.400 3.400 0 0 1 4.800 4.800L10 17a1.700 1.700 0 0 1-2.400-2.400l7.400-7.400',
  close: 'm6 6 12 12M18 6 6 18',
  reply: 'M9 7 4 12l5 5m-5-5h10a6 6 0 0 1 6 6v1',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12Zm9.500 2.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600Z',
  check: 'm5 12.500 4.500 4.500L19 7.500',
  glass: 'M7 3.500h10M7 20.500h10M8 3.500v3l4 5.500 4-5.500v-3M8 20.500v-3l4-5.500 4 5.500v3',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z',
  file: 'M6 3.500h8l4 4v13H6zM14 3.500v4h4',
  plus: 'M12 5v14M5 12h14',
  moon: 'M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10Z',
  down: 'm6 9.500 6 6 6-6',
  bars: 'M4 7h16M4 12h16M4 17h16',
  dots: 'M5.500 12h.01M12 12h.01M18.500 12h.01',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  pencil: 'M4 20h4L19 9l-4-4L4 16v4Zm9-13 4 4',
  bin: 'M5 7h14M10 7V4.500h4V7m-7 0 1 13h8l1-13',
  team: 'M9 11.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7Zm-6 8c0-3 2.500-5 6-5s6 2 6 5M16 5a3.500 3.500 0 0 1 0 6.500M18 15c2 .7 3 2.300 3 4.500',
};
export type IconName = keyof typeof STROKES;

/** Hidden from screen readers: what stands beside it, or the button's label, says it in words. */
export function icon(name: IconName, size = 18): SVGElement {
  return svg(
    'svg',
    { viewBox: '0 0 24 24', width: size, height: size, class: `icon icon-${name}`, 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: STROKES[name] }),
  );
}
