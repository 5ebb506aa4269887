// Who answers a question. A version's adapter is checked before it speaks: it belongs to this base, and it is to the byte what the run published.
import { join } from 'node:path';
import { detailOf } from '../src/data/question-detail.ts';
import type { QuestionRow } from '../src/data/questions.ts';
import { type VersionRow, versionById } from '../src/data/versions.ts';
import { type Problem, Refusal } from '../src/problem.ts';
import { ADAPTER_WEIGHTS, fromShared, sha256Of } from './artifacts.ts';
import type { Adapter } from './engine/generator.ts';
import type { Workplace } from './workplace.ts';

/** Without a version it is the base. */
export type Speaking = { speaker: Adapter | 'base'; version?: VersionRow };

/**
 * One or two, in an order that the sides do not follow. `versions`: all that were meant to speak.
 * One that is quarantined, or whose adapter is gone, damaged or for another base, does not keep people from an answer: whoever it was to be compared with answers
 * alone, else the base, and `warning` says why. A version that was asked for by name has nobody to speak for it: then it throws.
 */
export async function speakersOf(
  place: Workplace,
  question: QuestionRow,
): Promise<{ speaking: Speaking[]; versions: VersionRow[]; warning?: Problem }> {
  const { against = null, alone, tried } = detailOf(question);
  const ids = question.version === null || alone ? [question.version] : [against, question.version];
  const wanted = await Promise.all(ids.map(async id => (id === null ? undefined : versionById(place.db, id))));
  const versions = wanted.filter(version => version !== undefined);
  const speaking: Speaking[] = [];
  try {
    for (const version of wanted) {
      const speaker = version ? await openSpeaker(place.artifacts, version, place.base.model.fingerprint) : 'base';
      if (version && speaker !== 'base') await place.served?.vouchFor(version, speaker);
      speaking.push({ speaker, version });
    }
    return { speaking, versions };
  } catch (error) {
    if (!(error instanceof Refusal) || tried) throw error;
    place.log.warn({ question: question.id, problem: error.problem.code }, 'one speaker answers alone');
    return { speaking: [speaking[0] ?? { speaker: 'base' }], versions, warning: error.problem };
  }
}

/** `base` is the fingerprint of the base that is loaded. Throws a Refusal when the adapter is for another one, gone or damaged. */
export async function openSpeaker(artifacts: string, version: VersionRow, base: string): Promise<Adapter> {
  const { no, artifact, rank } = version;
  // Its files lie there until the next sweep.
  if (version.state === 'quarantined') throw new Refusal('try.quarantined', { no });
  if (version.baseFingerprint !== base) throw new Refusal('worker.otherBase', { version: no });
  const folder = fromShared(artifacts, version.folder);
  const found = await sha256Of(join(folder, ADAPTER_WEIGHTS)).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? new Refusal('worker.adapterMissing', { version: no }, { cause }) : cause;
  });
  if (found !== artifact) throw new Refusal('worker.adapterDamaged', { version: no });
  return { name: `v${no}-${artifact.slice(0, 12)}`, folder, rank, fingerprint: base };
}
