// 中文：engine。
import type { engine as en } from '../en/engine.ts';
export const engine: Record<keyof typeof en, string> = {};
