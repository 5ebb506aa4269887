// 中文：form。
import type { form as en } from '../en/form.ts';
export const form: Record<keyof typeof en, string> = {
  'form.more': '一个输入框最多 {most} 个字符，后面的内容写在这里：',
  'form.sent': '已提交，这张表单不用再管。',
};
