// The loss curve as a picture: training as a line, held-out as dots, the best round marked; its words stand below for everybody.
import type { Curve } from '../../chat/chat.ts';
import { h, svg } from './dom.ts';
import { t } from './sentences.ts';

const WIDTH = 560;
const HEIGHT = 220;
const LEFT = 40;
const RIGHT = 14;
const TOP = 14;
const BOTTOM = 30;
type Point = [step: number, loss: number];

export function curveElement({ train, heldout, best, alt }: Curve): HTMLElement {
  const points = [...train, ...heldout].filter(([step, loss]) => Number.isFinite(step) && Number.isFinite(loss));
  if (points.length === 0) return h('figure', { class: 'curve' }, h('figcaption', {}, alt));
  const lastStep = Math.max(1, ...points.map(([step]) => step));
  const ticks = niceTicks(Math.min(...points.map(([, loss]) => loss)), Math.max(...points.map(([, loss]) => loss)));
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const x = (step: number) => LEFT + (step / lastStep) * (WIDTH - LEFT - RIGHT);
  const y = (loss: number) => TOP + ((high - loss) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const line = (curve: Point[]) => curve.map(([step, loss]) => `${x(step).toFixed(1)},${y(loss).toFixed(1)}`).join(' ');

  const picture = svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': alt },
    ...ticks.flatMap(loss => [
      svg('line', { class: 'grid', x1: LEFT, x2: WIDTH - RIGHT, y1: y(loss), y2: y(loss) }),
      svg('text', { class: 'tick', x: LEFT - 8, y: y(loss) + 4, 'text-anchor': 'end' }, short(loss)),
    ]),
    ...stepTicks(lastStep).map(step => svg('text', { class: 'tick', x: x(step), y: HEIGHT - 10, 'text-anchor': 'middle' }, String(step))),
    best !== undefined && svg('line', { class: 'best', x1: x(best), x2: x(best), y1: TOP, y2: HEIGHT - BOTTOM }),
    svg('polyline', { class: 'train', points: line(train) }),
    svg('polyline', { class: 'heldout-line', points: line(heldout) }),
    ...heldout.map(([step, loss]) =>
      svg('circle', { class: step === best ? 'heldout best-dot' : 'heldout', cx: x(step), cy: y(loss), r: step === best ? 5.5 : 4 }),
    ),
  );
  const key = (name: string, text: string) => h('span', { class: `key key-${name}` }, text);
  return h(
    'figure',
    { class: 'curve' },
    h(
      'div',
      { class: 'legend', 'aria-hidden': 'true' },
      h('span', { class: 'axis' }, `${t('curve.loss')} / ${t('curve.step')}`),
      key('train', t('curve.train')),
      heldout.length > 0 && key('heldout', t('curve.heldout')),
      best !== undefined && key('best', t('curve.best')),
    ),
    picture,
    h('figcaption', {}, alt),
  );
}

/** Three to six round numbers that hold the losses between them. */
function niceTicks(low: number, high: number): number[] {
  const span = Math.max(high - low, 1e-6);
  const power = 10 ** Math.floor(Math.log10(span / 3));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => span / size <= 4.5) ?? span;
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

function stepTicks(lastStep: number): number[] {
  const every = Math.max(1, Math.ceil(lastStep / 6 / 5) * 5);
  const ticks = Array.from({ length: Math.floor(lastStep / every) + 1 }, (_, i) => i * every);
  return lastStep < 6 ? Array.from({ length: lastStep + 1 }, (_, i) => i) : ticks;
}

const short = (value: number) => Number(value.toPrecision(3)).toString();
