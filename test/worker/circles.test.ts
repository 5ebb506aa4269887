import { expect, it } from 'vitest';
import { goesInCircles } from '../../worker/circles.ts';

it('finds an answer that goes in circles, in words and in characters', () => {
  expect(goesInCircles('the first step is to open the door and '.repeat(6))).toBe(true);
  expect(goesInCircles('请先检查日志然后重启服务'.repeat(5))).toBe(true);
});

it('leaves ordinary answers, lists and short ones alone', () => {
  expect(goesInCircles('1. Open the dashboard.\n2. Look for the red line.\n3. Restart what stands there.\nOwner: Mia, #infra')).toBe(false);
  expect(goesInCircles('no no no no no no')).toBe(false);
  expect(goesInCircles('')).toBe(false);
});
