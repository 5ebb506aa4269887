// A version's adapter, checked before it speaks: it belongs to this base, and it is to the byte what the run published.
import { join } from 'node:path';
import type { VersionRow } from '../src/data/versions.ts';
import { Refusal } from '../src/problem.ts';
import { ADAPTER_WEIGHTS, fromShared, sha256Of } from './artifacts.ts';
import type { Adapter } from './engine/generator.ts';

/** `base` is the fingerprint of the base that is loaded. Throws a Refusal when the adapter is for another one, gone or damaged. */
export async function openSpeaker(artifacts: string, version: VersionRow, base: string): Promise<Adapter> {
  const { no, artifact, rank } = version;
  if (version.baseFingerprint !== base) throw new Refusal('worker.otherBase', { version: no });
  const folder = fromShared(artifacts, version.folder);
  const found = await sha256Of(join(folder, ADAPTER_WEIGHTS)).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? new Refusal('worker.adapterMissing', { version: no }, { cause }) : cause;
  });
  if (found !== artifact) throw new Refusal('worker.adapterDamaged', { version: no });
  return { name: `v${no}-${artifact.slice(0, 12)}`, folder, rank, fingerprint: base };
}
