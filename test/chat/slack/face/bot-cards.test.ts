// The bot's own cards as Slack gets them. `SHOW_CARDS=1 npx vitest run …/bot-cards.test.ts` prints them for Slack's Block Kit Builder.
import { describe, expect, it } from 'vitest';
import { reportCard } from '../../../../src/bot/card/card.ts';
import { questionCard } from '../../../../src/bot/question/comparison.ts';
import { runCard } from '../../../../src/bot/run/progress.ts';
import type { Card } from '../../../../src/chat/chat.ts';
import { slackMessage } from '../../../../src/chat/slack/face/card.ts';
import type { Evaluation } from '../../../../src/model/report-card.ts';
import { scoresOf } from '../../../support/scores.ts';
import { blockIssues } from '../../../support/slack/blocks.ts';
import { expectTaken, type Json, readable } from './slack-takes.ts';

const train = Array.from({ length: 92 }, (_, i): [number, number] => [i, 4 - i / 40]);
const heldout: [number, number][] = [
  [0, 4.2],
  [46, 2.3],
  [92, 1.85],
];
const wishes = { learningRate: 1e-3 };
const answer = (side: string) =>
  Array.from({ length: 60 }, (_, i) => `${i + 1}. Step ${i} of ${side}: run \`kite ship --step ${i}\` and wait for **green**.`).join('\n');

const run = (lang: 'en' | 'zh') =>
  runCard(lang, {
    id: 17,
    no: 3,
    state: 'training',
    rows: { train: 73, heldout: 19 },
    doubts: [],
    step: 40,
    steps: 92,
    epoch: 2,
    epochs: 4,
    stepMs: 2_000,
    tokensPerSecond: 412.6,
    train,
    heldout,
    settings: ['4 rounds: because'],
    notes: [],
    failedRows: [],
    wishes,
    cancelling: false,
  });
const comparison = (lang: 'en' | 'zh', length = 60) =>
  questionCard(lang, {
    id: 7,
    question: 'How do I ship to sea?',
    comparison: true,
    learns: true,
    votes: 2,
    near: { no: 12, question: 'How do I ship?', link: 'https://team.slack.com/archives/C1/p1', approvers: ['Ann', 'Ben'] },
    answers: (['A', 'B'] as const).map((side, i) => ({
      side,
      text: answer(side).split('\n').slice(0, length).join('\n'),
      ...(i > 0 && { version: 3 }),
    })),
  });
const report = (lang: 'en' | 'zh') => {
  const sample = {
    kind: 'report' as const,
    instruction: 'Weekly report',
    input: '- shipped *kite*\n- 3 incidents',
    reference: '**Done**\n- kite',
    base: answer('the base'),
    tuned: answer('the tuned'),
  };
  const evaluation: Evaluation = {
    base: scoresOf(4.2, { qaForm: 0, bleu: 1.4, generalLoss: 0.9 }),
    tuned: scoresOf(1.85, { qaForm: 0.9, bleu: 21, generalLoss: 0.95 }),
    heldout: { qa: 15, report: 4 },
    samples: [sample, sample, sample],
  };
  return reportCard(lang, {
    id: 17,
    run: 3,
    version: 2,
    evaluation,
    train,
    heldout,
    wishes,
    hardest: [],
    settings: ['4 rounds: because', 'rank 16: because'],
    warnings: ['This run was interrupted.'],
  });
};

function sent(name: string, card: Card, lang: 'en' | 'zh') {
  const message = slackMessage(card, { picture: 'F123', lang });
  if (process.env.SHOW_CARDS) console.log(name, lang, JSON.stringify({ blocks: message.blocks }, undefined, 1));
  for (const said of [message, ...message.thread]) {
    expectTaken(said);
    expect(blockIssues(said.blocks, 'message', () => true)).toEqual([]);
  }
  return message;
}
const buttons = (message: { blocks: object[] }) =>
  (message.blocks as Json[]).flatMap(({ type, elements }) => (type === 'actions' ? elements.map(({ action_id }: Json) => action_id) : []));

describe.each(['en', 'zh'] as const)('the bot’s cards in Slack (%s)', lang => {
  it('a run: bar, note, curve as a picture, and the button to cancel', () => {
    const message = sent('run', run(lang), lang);
    expect(message.thread).toEqual([]);
    expect(message.blocks.map(({ type }) => type)).toEqual(['header', 'rich_text', 'rich_text', 'image', 'actions']);
    expect(readable(message.blocks)).toContain('█');
    expect(buttons(message)).toEqual(['press:0:cancel-run']);
  });

  it('a comparison: both answers, the nearest approved one with its link, the votes', () => {
    const message = sent('comparison', comparison(lang, 8), lang);
    expect(message.thread).toEqual([]);
    expect(readable(message.blocks)).toContain('https://team.slack.com/archives/C1/p1');
    expect(buttons(message)).toEqual(['press:0:vote', 'press:1:vote', 'press:2:vote', 'press:3:vote', 'form:4:better-answer']);
  });

  it('a comparison of long answers: buttons and both beginnings stay, each answer is whole in the thread', () => {
    const message = sent('long comparison', comparison(lang), lang);
    expect(buttons(message)).toHaveLength(5);
    const whole = readable(message.thread.flatMap(({ blocks }) => blocks));
    for (const side of ['A', 'B']) for (const i of [0, 30, 59]) expect(whole).toContain(`Step ${i} of ${side}`);
    expect(JSON.stringify(message)).not.toMatch(/base|tuned|"v3"/);
  });

  it('a report card: every sentence and every number, the picture, samples, buttons', () => {
    const message = sent('report', report(lang), lang);
    const shown = readable([...message.blocks, ...message.thread.flatMap(({ blocks }) => blocks)]);
    expect(shown).toContain('4.20 → 2.30 → 1.85');
    for (const side of ['the base', 'the tuned']) expect(shown).toContain(`Step 59 of ${side}`);
    expect(message.blocks.some(({ type }) => type === 'image')).toBe(true);
    expect(buttons(message).at(-1)).toMatch(/:explain$/);
  });
});
