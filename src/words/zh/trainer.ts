// 中文：trainer。
import type { trainer as en } from '../en/trainer.ts';

export const trainer: Record<keyof typeof en, string> = {
  'trainer.noRun': '训练程序在 {folder} 里找不到 run.json：运行文件夹里应有 run.json 和 rows.jsonl。',
  'trainer.badRun': 'run.json 不能用：{entry} 有误（{problem}）。请改好设置后重新开始。',
  'trainer.noRows': '训练程序在 {folder} 里找不到 rows.jsonl：运行文件夹里应有 run.json 和 rows.jsonl。',
  'trainer.noTrainingRows': '没有可学的内容：{folder} 里的 rows.jsonl 没有训练行。请先认可一些示例。',
  'trainer.rowsUnreadable': 'rows.jsonl 有 {count} 行不是训练行（第 {rows} 行）：每行都要有 ids、answer 和 part。',
  'trainer.rowsWithoutAnswer': '{count} 条示例没有答案（第 {rows} 行）：请补上答案，或去掉这些示例。',
  'trainer.rowsTooLong': '{count} 条示例超过了这个模型能读的 {limit} 个词元（第 {rows} 行）：请缩短，或去掉这些示例。',
  'trainer.rowsForeignTokens': '{count} 条示例含有这个模型不认识的词元（它只有 {vocab} 个；第 {rows} 行）：它们是为另一个基础模型编码的。',
  'trainer.otherBase': '这次训练是为基础模型 {expected} 准备的，而 {folder} 里是 {found}。请重新开始，或换回原来的基础模型。',
  'trainer.diverged': '第 {step} 步数值失控：损失已不是数。请把学习率降到三分之一，并检查最长的示例。',
  'trainer.memory': '训练所需的内存超过了这台机器的空闲内存。请关掉其他程序，打开 checkpointing，或改用更短的示例、更小的基础模型。',
  'trainer.bug': '训练程序自身出错而停止（{message}）。可以重新开始；如果再次出现，请报告给我们。',
  'trainer.badLine': '训练程序说了协议之外的话：{line}',
  'trainer.cannotStart': '无法启动训练程序 {program}：请检查它是否已安装、是否有运行权限。',
};
