// A model from the Hugging Face hub: the files that we read, none other, checked by the sums that the hub names.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadFile, HubApiError, type ListFileEntry, listFiles } from '@huggingface/hub';
import { readConfig } from '../../src/model/config.ts';
import { orDiskFull } from '../../src/model/disk.ts';
import { Refusal } from '../../src/problem.ts';
import type { BaseProgress } from '../base.ts';

/** Left out: the public hub, without a token. */
export type Hub = { url?: string; token?: string };

const SMALL = ['config.json', 'generation_config.json', 'tokenizer.json', 'tokenizer_config.json', 'chat_template.jinja'];
const WEIGHTS = /^model(-\d+-of-\d+)?\.safetensors(\.index\.json)?$/;

/** No account, or one that did not accept the model's terms; the hub says the same of names that it does not know. */
const CLOSED = [401, 403];

/** Downloads `repo` (ORG/NAME) to `folder`, all or nothing. Throws Refusal('model.hubFailed', { repo, why }), `model.hubClosed`, or what config.json is refused for. */
export async function downloadFromHub(
  repo: string,
  folder: string,
  hub: Hub,
  onProgress?: (progress: BaseProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const fresh = `${folder}.partial-${randomBytes(4).toString('hex')}`;
  const access = { repo, hubUrl: hub.url, accessToken: hub.token, fetch: withSignal(signal) };
  let total = 0;
  try {
    await mkdir(fresh, { recursive: true });
    const entries: ListFileEntry[] = [];
    for await (const entry of listFiles(access)) if (SMALL.includes(entry.path) || WEIGHTS.test(entry.path)) entries.push(entry);
    if (!entries.some(({ path }) => path.endsWith('.safetensors'))) throw new Error('it has no model.safetensors');
    // The small ones first: an architecture that we do not support costs no download of its weights.
    entries.sort((a, b) => a.size - b.size);
    total = entries.reduce((sum, { size }) => sum + size, 0);
    let before = 0;
    for (const entry of entries) {
      const start = before;
      await saveFile(access, entry, join(fresh, entry.path), bytes => onProgress?.({ phase: 'download', done: start + bytes, total }));
      before += entry.size;
      if (entry.path === 'config.json') readConfig(JSON.parse(await readFile(join(fresh, entry.path), 'utf8')), repo);
    }
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    signal?.throwIfAborted();
    const problem = orDiskFull(error, folder, total);
    if (problem instanceof Refusal) throw problem;
    if (error instanceof HubApiError && CLOSED.includes(error.statusCode))
      throw new Refusal('model.hubClosed', { repo, status: error.statusCode }, { cause: error });
    throw new Refusal('model.hubFailed', { repo, why: reason(error) }, { cause: error });
  }
}

type Access = { repo: string; hubUrl?: string; accessToken?: string; fetch: typeof fetch };

async function saveFile(access: Access, entry: ListFileEntry, target: string, onBytes: (bytes: number) => void): Promise<void> {
  const blob = await downloadFile({ ...access, path: entry.path });
  if (!blob) throw new Error(`it has no ${entry.path}`);
  const hash = createHash('sha256');
  const file = await open(target, 'w');
  try {
    let bytes = 0;
    for await (const chunk of blob.stream()) {
      await file.writeFile(chunk);
      hash.update(chunk);
      onBytes((bytes += chunk.length));
    }
    if (bytes !== entry.size) throw new Error(`${entry.path} came with ${bytes} of ${entry.size} bytes`);
    const found = hash.digest('hex');
    if (entry.lfs && entry.lfs.oid !== found) throw new Error(`${entry.path} came with the sha256 ${found}`);
    await file.sync();
  } finally {
    await file.close();
  }
}

const withSignal = (signal?: AbortSignal): typeof fetch => {
  return (input, init) => fetch(input, { ...init, signal: signal ?? init?.signal });
};

/** fetch hides the reason ("getaddrinfo ENOTFOUND …") in the cause. */
function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return (cause instanceof Error && cause.message ? cause.message : message).slice(0, 200);
}
