// The loss curve as a picture, for every place that shows pictures. Drawn here, with a font of our own: machines have none that can be relied on.
import { join } from 'node:path';
import { renderAsync } from '@resvg/resvg-js';
import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Curve } from '../../chat/chat.ts';
import { projectRoot } from '../../root.ts';

use([LineChart, GridComponent, LegendComponent, SVGRenderer]);

export type CurveWords = { loss: string; step: string; train: string; heldout: string; best: string };
export type Look = 'light' | 'dark';
export type DrawCurve = (curve: Curve, words: CurveWords, look: Look) => Promise<Uint8Array>;

/** Noto Sans SC with the characters of the curve's words and figures only (test/fixtures/make/curve_font.py). */
export const CURVE_FONT = join(projectRoot(), 'src', 'bot', 'fonts', 'curve.ttf');
const FAMILY = 'Noto Sans SC';
const WIDTH = 560;
const HEIGHT = 300;
/** Pixels a unit: sharp on a dense screen. */
const ZOOM = 2;
/** More dots than this and their values would lie on each other. */
const MOST_VALUES = 8;

const LOOKS = {
  light: { paper: '#ffffff', ink: '#1e2124', soft: '#5c6168', line: '#e4e3dd', train: '#0f766e', heldout: '#b45309' },
  dark: { paper: '#1e2125', ink: '#e7e6e2', soft: '#a2a6ab', line: '#2c3035', train: '#4fd1bf', heldout: '#f2b25c' },
};

/** A PNG, 1120 × 600 pixels. Points that are no numbers are left out. */
export const drawCurve: DrawCurve = async (curve, words, look) => {
  const image = await renderAsync(svgOf(curve, words, look), {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { loadSystemFonts: false, fontFiles: [CURVE_FONT], defaultFontFamily: FAMILY },
  });
  return image.asPng();
};

function svgOf({ train, heldout, best }: Curve, words: CurveWords, look: Look): string {
  const { paper, ink, soft, line, train: green, heldout: orange } = LOOKS[look];
  const dots = finite(heldout);
  const kept = dots.filter(([step]) => step === best);
  const text = { fontFamily: FAMILY, fontSize: 15, color: soft };
  const axis = {
    type: 'value' as const,
    nameTextStyle: text,
    axisLabel: text,
    axisTick: { show: false },
    axisLine: { show: false },
    splitLine: { lineStyle: { color: line } },
  };
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: paper,
      textStyle: text,
      legend: { top: 10, left: 'center', itemGap: 18, itemWidth: 18, textStyle: { ...text, color: ink } },
      grid: { left: 58, right: 34, top: 64, bottom: 54 },
      xAxis: { ...axis, name: words.step, nameLocation: 'middle', nameGap: 32, minInterval: 1, max: 'dataMax', splitLine: { show: false } },
      yAxis: { ...axis, name: words.loss, nameLocation: 'end', nameGap: 14, scale: true },
      series: [
        {
          type: 'line',
          name: words.train,
          data: finite(train),
          // A single point makes no line.
          symbol: train.length === 1 ? 'circle' : 'none',
          color: green,
          lineStyle: { width: 2.5, join: 'round' },
        },
        ...(dots.length > 0
          ? [
              {
                type: 'line' as const,
                name: words.heldout,
                // Above the first point is the axis.
                data: dots.map((value, i) => ({ value, ...(i === 0 && { label: { position: 'right' as const } }) })),
                symbol: 'circle',
                symbolSize: 8,
                color: orange,
                lineStyle: { width: 1.5, type: 'dashed' as const },
                label: {
                  show: dots.length <= MOST_VALUES,
                  position: 'top' as const,
                  distance: 9,
                  formatter: ({ value }: { value: unknown }) => (value as [number, number])[1].toFixed(2),
                  ...text,
                  color: ink,
                  // A value stays readable where a line runs through it.
                  textBorderColor: paper,
                  textBorderWidth: 4,
                },
                z: 3,
              },
            ]
          : []),
        ...(kept.length > 0
          ? [
              {
                type: 'line' as const,
                name: words.best,
                data: kept,
                symbol: 'circle',
                symbolSize: 15,
                color: orange,
                itemStyle: { color: 'transparent', borderColor: orange, borderWidth: 2.5 },
                lineStyle: { opacity: 0 },
                z: 4,
              },
            ]
          : []),
      ],
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

const finite = (points: [number, number][]): [number, number][] => points.filter(point => point.every(Number.isFinite));
