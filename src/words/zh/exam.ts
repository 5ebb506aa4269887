// 中文：团队自己的考题。
import type { exam as en } from '../en/exam.ts';

export const exam: Record<keyof typeof en, string> = {
  'exam.title': '你们的考题：{count} 道，最多 {most} 道',
  'exam.none':
    '还没有考题。可以放上最多 {most} 道你们关心的问题：`/finetune exam add 怎么回滚一次发布？` 每次训练之后，基础模型和新版本都会回答，成绩单上能看到回答的变化。',
  'exam.row': '{question} · {name} 出的',
  'exam.how':
    '每次训练之后，基础模型和新版本都会回答这些题，成绩单上并排显示。`/finetune exam add 问题` 再加一道，`/finetune exam remove {no}` 去掉一道。',
  'exam.added': '{name} 加了第 {no} 道考题：“{question}”。下次训练的成绩单上会有回答。',
  'exam.removed': '{name} 去掉了第 {no} 道考题：“{question}”',
  'exam.full': '考题已经有 {most} 道，不能再多了。先用 `/finetune exam remove 1` 去掉一道。',
  'exam.unknown': '没有第 {no} 道考题。`/finetune exam` 可以看到全部。',
  'exam.too-long': '这道题太长了：最多 {most} 个字符，这里有 {got} 个。',
  'exam.card': '**你们的考题**。每次都是同样的题，变化一看就知道。',
  'exam.card.question': '**{no}.** {question}',
  'exam.card.base': '基础模型：{answer}',
  'help.usage.exam': '/finetune exam [add 问题 | remove 3]',
  'help.about.exam': '你们自己的考题，每次训练后都会作答',
  'page.hint.exam': '你们自己的考题，每次训练后都会作答',
};
