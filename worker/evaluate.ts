// Report card numbers: base and tuned on the held-out rows, beside the cheap rivals. The result's type is Evaluation (src/model/report-card.ts).
export type { Evaluation, Sample, Scores } from '../src/model/report-card.ts';
