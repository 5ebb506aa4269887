// 中文：data。
import type { data as en } from '../en/data.ts';
export const data: Record<keyof typeof en, string> = {
  runIsOpen: '第 {no} 次训练还在进行，一次只能跑一个：请等它结束，或用 /finetune cancel 停下它。',
  runGotNowhere: '这次训练被接手了 {attempts} 次，每次都在第 {step} 步之后没有进展：请查看 worker 的日志，再重新开始。',
  questionGotNowhere: '这个回答开始了 {attempts} 次，每次都中断了：请查看 worker 的日志，再问一次。',
  notAComparison: '这里没有可投票的内容：只有同时给出两个回答的问题才能投票。',
  comparisonIsClosed: '这次对比已经结束（投票开放 24 小时），你的这一票没有计入。',
};
