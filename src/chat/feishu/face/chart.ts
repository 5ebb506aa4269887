// The loss curve as a native chart (VChart within the card): both lines, a point where the version was kept. Pure data, no functions;
// VChart 1.6, 1.10 and 1.12 (Feishu 7.7 to 7.27 and newer) were seen to draw it.
// Clients before Feishu 7.1 draw no charts, and none before 7.20 shows these cards; a picture is for a place that wants one all the same.

import { type Lang, say } from '../../../words/words.ts';
import type { Curve } from '../../chat.ts';
import { type Element, plainText, smallPrint } from './elements.ts';
import { escapeText } from './escape.ts';

const MOST_POINTS = 200;
type Point = { step: number; loss: number; line: string };

/** The chart, or the uploaded picture of this key where there is one, and below it in words what it shows. */
export function curveElements(lang: Lang, curve: Curve, picture?: string): Element[] {
  const drawn = picture === undefined ? chart(lang, curve) : { tag: 'img', img_key: picture, alt: plainText(curve.alt) };
  return [...(drawn ? [drawn] : []), ...(curve.alt === '' ? [] : [smallPrint(escapeText(curve.alt))])];
}

function chart(lang: Lang, { train, heldout, best }: Curve): Element | undefined {
  const kept = heldout.filter(([step]) => step === best);
  const lines = [
    { type: 'line', points: points(train, say(lang, 'curve.train')), point: { visible: false } },
    { type: 'line', points: points(heldout, say(lang, 'curve.heldout')), point: { visible: true } },
    { type: 'scatter', points: points(kept, say(lang, 'curve.best')), size: 10 },
  ].filter(line => line.points.length > 0);
  if (lines.length === 0) return undefined;
  return {
    tag: 'chart',
    aspect_ratio: '16:9',
    chart_spec: {
      type: 'common',
      data: lines.map(line => ({ values: line.points })),
      series: lines.map(({ type, point, size }, dataIndex) => ({
        type,
        dataIndex,
        xField: 'step',
        yField: 'loss',
        seriesField: 'line',
        ...(point && { point }),
        ...(size !== undefined && { size }),
      })),
      axes: [
        { orient: 'bottom', type: 'linear', title: { visible: true, text: say(lang, 'curve.step') } },
        { orient: 'left', type: 'linear', zero: false, title: { visible: true, text: say(lang, 'curve.loss') } },
      ],
      legends: { visible: true, orient: 'bottom' },
    },
  };
}

/** At most 200, the last one among them; a loss that is no number is no point. Four digits are more than a screen shows. */
function points(losses: [number, number][], line: string): Point[] {
  const real = losses.filter(([, loss]) => Number.isFinite(loss));
  const every = Math.ceil(real.length / MOST_POINTS);
  return real
    .filter((_, i) => (real.length - 1 - i) % every === 0)
    .map(([step, loss]) => ({ step, loss: Number(loss.toPrecision(4)), line }));
}
