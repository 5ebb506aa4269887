// 中文：引擎为什么无法回答。
import type { engine as en } from '../en/engine.ts';
export const engine: Record<keyof typeof en, string> = {
  'engine.promptTooLong': '文字太长：共 {tokens} 个词元，这个模型最多容纳 {most} 个。请缩短后再试。',
  'engine.rowTooLong': '有一条太长：问题和回答共 {tokens} 个词元，这个模型最多容纳 {most} 个。请缩短或去掉这一条。',
  'engine.adapterOtherBase':
    '适配器 {adapter} 属于另一个基础模型（{found}），而当前使用的是 {expected}：请换回那个基础模型，或在当前模型上重新训练。',
  'engine.int8NotWritten':
    '模型的 8 位副本（约 {megabytes} MB）无法写入 {folder}（{reason}）：请腾出空间或让该文件夹可写，或者改用 float32 回答。',
  'engine.answerTooLate': '提问已过去 {minutes} 分钟以上，这个回答就不再给出了。',
  'engine.stopped': '负责回答的引擎意外停止了，工作进程重启后会恢复。',
};
