// The loss curve of a run as data: smoothed, thinned, and said in words for whoever does not see the picture.
import type { Curve } from '../../chat/chat.ts';
import { keptStep } from '../../model/kept-round.ts';
import { smoothed } from '../../model/smoothed.ts';
import { type Lang, say } from '../../words/words.ts';
import { loss } from '../figures.ts';
import type { CurveWords } from './draw-curve.ts';

const MOST_POINTS = 200;

type Losses = [step: number, loss: number][];

/** `train`: the loss of every step as the trainer told it. `heldout`: after each round; step 0 is the base. */
export function lossCurve(lang: Lang, { train, heldout }: { train: Losses; heldout: Losses }): Curve {
  const even = smoothed(train.map(([, value]) => value));
  const points = train.map(([step], i): [number, number] => [step, even[i]]);
  const best = keptStep(heldout);
  return { train: thinned(points), heldout, ...(best !== undefined && { best }), alt: inWords(lang, points, heldout, best) };
}

export const curveWords = (lang: Lang): CurveWords => ({
  loss: say(lang, 'curve.loss'),
  step: say(lang, 'curve.step'),
  train: say(lang, 'curve.train'),
  heldout: say(lang, 'curve.heldout'),
  best: say(lang, 'curve.best'),
});

function inWords(lang: Lang, train: Losses, heldout: Losses, best: number | undefined): string {
  const from = (losses: Losses) => ({ first: loss(losses[0][1]), last: loss(losses[losses.length - 1][1]) });
  const sentences = [
    train.length > 0 ? say(lang, 'curve.alt.train', { ...from(train), steps: train[train.length - 1][0] }) : undefined,
    heldout.length > 1 ? say(lang, 'curve.alt.heldout', from(heldout)) : undefined,
    heldout.length === 1 ? say(lang, 'curve.alt.base', { first: loss(heldout[0][1]) }) : undefined,
    best !== undefined ? say(lang, 'curve.alt.best', { step: best, loss: loss(heldout.find(([step]) => step === best)![1]) }) : undefined,
  ];
  return sentences.filter(Boolean).join(lang === 'zh' ? '' : ' ');
}

/** At most 200 points, the last one always among them. */
function thinned(points: Losses): Losses {
  const every = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, i) => (points.length - 1 - i) % every === 0);
}
