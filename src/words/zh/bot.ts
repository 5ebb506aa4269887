// 中文：机器人关于示例的话，以及出错时的话。
import type { bot as en } from '../en/bot.ts';

export const bot: Record<keyof typeof en, string> = {
  'import.kept': '从 **{file}** 收下 {examples} 条新示例：{qa} 条问答，{report} 份周报。',
  'import.duplicates': '有 {duplicates} 行以前就有，保持不变。',
  'import.ignored': '没有用到的字段：{fields}。',
  'import.next.ready': '现在一共 {total} 条。说 `/finetune` 看看质量怎么样，说 `/finetune start` 就可以开始训练。',
  'import.next.more': '现在一共 {total} 条，再有 {missing} 条就值得训练第一次了。',
  'import.nothing': '**{file}** 一条也没有收下：请改好下面这些行，再拖一次。',
  'import.row': '第 {row} 行：{problem}',
  'import.more': '……还有 {count} 处。',
  'import.unreadable': '打不开 {file}，请再拖一次。',
  'bot.broken': '我这边出了点问题，已经记在日志里。请再试一次。',
  'bot.unknown-person': '有人',
  'bot.noDatabase': '机器人需要数据库：用 `npm start` 启动，或把 DATABASE_URL 设为一个 Postgres 服务器。',
  'bot.open': '聊天地址：{url}',
  'bot.away': '请在 {places} 里和机器人说话。运行状况：{url}',
  'bot.ended':
    '{place}：应用已被卸载，或者令牌被收回。那里不再学习，正在进行的训练也已停止。已保存的内容会保留，直到你删除；重新安装之后，各频道从“关闭”开始。',
  'bot.channel': '团队',
  'bot.first-person': '我',
};
