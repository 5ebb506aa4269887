// 中文：Slack 的界面。
import type { slackFace as en } from '../en/slack-face.ts';
export const slackFace: Record<keyof typeof en, string> = {
  // 放不下时消息里显示的话
  'slackFace.more': '……全文在话题中。',
  'slackFace.more.below': '……全文在下一条消息中。',
  'slackFace.all': '这里放不下的内容在话题中。',
  'slackFace.all.below': '这里放不下的内容在下一条消息中。',
  'slackFace.file': '📎 {name}',
  // 表单
  'slackFace.loading.title': '请稍候',
  'slackFace.loading': '表单马上就来……',
  'slackFace.close': '关闭',
  'slackFace.cancel': '取消',
  'slackFace.label.part': '{label}（第 {n} 部分，共 {total} 部分）',
  // Slack 里展示的应用说明：140 个字符以内
  'slackFace.app': '从团队用 ✅ 认可的回答和周报中学习，并以团队的方式回答。',
  'slackFace.command': '查看现状，以及接下来可以做什么',
};
