// The tiny models in test/fixtures/models (made by transformers; head_dim 16, 2 layers, 320 tokens), and copies of them to damage.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { projectRoot } from '../../src/root.ts';

export type TinyModel = 'tiny-llama' | 'tiny-llama-bf16' | 'tiny-qwen2' | 'tiny-qwen2-untied' | 'tiny-qwen3';
export type TinyAdapter = 'tiny-llama-lora' | 'tiny-llama-lora-qv-bf16';

/** Path of a fixture. */
export const fixture = (...path: string[]): string => join(projectRoot(), 'test', 'fixtures', ...path);
export const tinyFolder = (name: TinyModel | TinyAdapter): string => fixture('models', name);

/** A JSON fixture. */
export const readFixture = <T>(...path: string[]): T => JSON.parse(readFileSync(fixture(...path), 'utf8')) as T;

/** transformers' (and PEFT's) float32 logits, one row a position. */
export const tinyLogits = (name: TinyModel | TinyAdapter): { ids: number[]; logits: number[][] } =>
  readFixture<Record<string, { ids: number[]; logits: number[][] }>>('models', 'logits.json')[name];

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy to change, gone after the test. */
export function copyOf(name: TinyModel | TinyAdapter): string {
  const folder = join(temporaryFolder(), name);
  cpSync(tinyFolder(name), folder, { recursive: true });
  return folder;
}

/** Changes a JSON file in place. */
export function editJson(path: string, change: Record<string, unknown>): void {
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
}
