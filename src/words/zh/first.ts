// 中文：初次见面：告诉架设机器人的人接下来做什么。
import type { first as en } from '../en/first.ts';

export const first: Record<keyof typeof en, string> = {
  'first.title': '你好！三步之后，我就开始向你们团队学习',
  'first.claim': '认领我：启动我的终端里有一行 `/finetune claim` 和一个认领码，把这一行发给我。',
  'first.on': '把我拉进大家回答问题的公开群或公开频道，在那里说 `/finetune on`。那里的人都会看到我学什么、怎样拒绝。',
  'first.approve': '给同事的好回答点 ✅。我在上面做了标记，就是收下了；收够之后，我会提议第一次训练。',
  'first.help': '单独说 `/finetune` 看进展，`/finetune help` 看其他功能。',
};
