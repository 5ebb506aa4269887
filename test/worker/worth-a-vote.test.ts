import { expect, it } from 'vitest';
import { goesInCircles } from '../../src/model/loops.ts';
import { isWorthAVote } from '../../worker/worth-a-vote.ts';

it('finds an answer that goes in circles, in words and in characters', () => {
  expect(goesInCircles('the first step is to open the door and '.repeat(6))).toBe(true);
  expect(goesInCircles(`Use ${'$'.repeat(100)}`)).toBe(true);
  expect(goesInCircles('请先检查日志然后重启服务'.repeat(5))).toBe(true);
});

it('leaves ordinary answers, lists and short ones alone', () => {
  expect(goesInCircles('1. Open the dashboard.\n2. Look for the red line.\n3. Restart what stands there.\nOwner: Mia, #infra')).toBe(false);
  expect(goesInCircles('no no no no no no')).toBe(false);
  expect(goesInCircles('')).toBe(false);
});

it('asks for a vote on two answers that differ, say something and come to a point', () => {
  expect(isWorthAVote(['Use the blue line.', 'Use the red line.'])).toBe(true);
  expect(isWorthAVote(['Use the blue line.', 'Use the blue line. \n'])).toBe(false);
  expect(isWorthAVote(['Use the  blue\nline.', 'Use the blue line.'])).toBe(false);
  expect(isWorthAVote(['Use the blue line.', ' '])).toBe(false);
  expect(isWorthAVote(['Use the blue line.', '- …'])).toBe(false);
  expect(isWorthAVote(['Use the blue line.'])).toBe(false);
  expect(isWorthAVote(['Use the blue line.', 'and then the line and then the line '.repeat(8)])).toBe(false);
});
