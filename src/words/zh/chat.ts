// 中文：chat。
import type { chat as en } from '../en/chat.ts';
export const chat: Record<keyof typeof en, string> = {
  'chat.empty': '消息还是空的：请输入内容或附上文件。',
  'chat.tooLong': '一条消息最多 {most} 个字符，这条有 {got} 个：请缩短，或作为文件拖到这里。',
  'chat.unknownCommand': '这里没有命令 `/{said}`，可用的命令：{known}。',
  'chat.personGone': '此人已不在聊天中：请换一个身份发言。',
  'chat.channelGone': '这个频道已不存在：请选择其他频道。',
  'chat.messageGone': '这条消息已不存在：它被删除了。',
  'chat.notYours': '只有作者本人可以修改这条消息。',
  'chat.nameTaken': '已经有人叫 {name}：请换一个名字。',
  'chat.badName': '名字为 1 到 {most} 个字符，不能含 @、方括号、圆括号或尖括号。',
  'chat.fileTooBig': '{name} 太大：文件最大 {most} MB。',
  'chat.fileGone': '这个文件已不存在。',
  'chat.notKept': '无法写入磁盘（{reason}），所以消息没有发出：请腾出空间后再发一次。',
  'chat.journalBroken': '聊天记录 {path} 第 {line} 行已损坏：请恢复它的备份，或将其移走以重新开始。',
};
