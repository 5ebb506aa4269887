// 中文：learning。
import type { learning as en } from '../en/learning.ts';
export const learning: Record<keyof typeof en, string> = {};
