// 中文：model。
import type { model as en } from '../en/model.ts';
export const model: Record<keyof typeof en, string> = {};
