// 中文：trainer。
import type { trainer as en } from '../en/trainer.ts';
export const trainer: Record<keyof typeof en, string> = {};
