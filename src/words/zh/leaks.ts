// 中文：哪些秘密不会被学进去，以及一个版本会泄露什么。
import type { leaks as en } from '../en/leaks.ts';

export const leaks: Record<keyof typeof en, string> = {
  'leaks.found': '{kind} {count} 处',
  'leaks.found.and': '、',
  'leaks.masked': '你认可了[这段文字]({link})，但里面有密钥或个人信息（{what}），所以你的 ✅ 暂时没有算数。我会换成占位符再保留，像这样：',
  'leaks.masked.keep': '打码后保留',
  'leaks.masked.drop': '不要保留',
  'leaks.masked.kept': '谢谢，已经作为示例保留，敏感的地方换成了占位符。',
  'leaks.masked.noted': '谢谢，你的 ✅ 已经算在打码后的文字上，还需要别人也认可。',
  'leaks.masked.not-kept': '没有保留：你的 ✅ 要还在那条消息上，并且在那里算数，文字也要和我给你看的一样。',
  'leaks.masked.dropped': '好的，这条我不学。',
  'leaks.masked.others': '你的 ✅ 不再算数了。不过还有别人认可了打码后的文字，所以目前仍然保留。',
  'leaks.import.masked': '其中 {rows} 条含有密钥或个人信息，已经换成占位符：{what}。具体位置只给上传文件的人看。',
  'leaks.import.left': '文件里有 {rows} 条没有保留：',
  'leaks.import.places': '**{file}** 里的密钥和个人信息，我在这些地方换成了占位符：',
  'leaks.import.drop': '这些都不要保留',
  'leaks.import.dropped': '{count} 条带占位符的示例不再用于学习。',
  'leaks.import.already': '这些示例都已经不再用于学习了。',
  'leaks.card.none': '**v{version} 会泄露什么。** 我给了它 {tried} 条训练回答的问题和开头几个词，没有一条被它完整背出来。',
  'leaks.card.some':
    '**v{version} 会泄露什么。** 我给了它 {tried} 条训练回答的问题和开头几个词，其中 {extracted} 条（{percent}%）被它一字不差地背到了最后：{rows}。知道开头的人就能把后面套出来。`/finetune show {first}` 可以看其中一条，`/finetune remove {first}` 可以让下次训练不再用它；减少训练轮数也有帮助。',
  'leaks.card.untried': '**v{version} 会泄露什么。** 训练用的回答都太短，没法试它会不会背出来。',
  'leaks.card.sample': '这些是从 {of} 条里抽签选出的。',
  'leaks.card.clean': '它为这份成绩单写下的内容里，没有发现密钥和个人信息。',
  'leaks.card.secrets': '它为这份成绩单写下的内容里，有看起来像密钥或个人信息的东西：{what}。模型也会凭空编出这些，给别人用之前请先核对。',
};
