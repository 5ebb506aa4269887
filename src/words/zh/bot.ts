// 中文：bot。
import type { bot as en } from '../en/bot.ts';
export const bot: Record<keyof typeof en, string> = {};
