// From a trained adapter to a version: put where versions live, tried out on the held-out rows, and made known in one transaction.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Claim } from '../src/data/claims.ts';
import { examOfRun } from '../src/data/exam.ts';
import { moveRun, recordEvent } from '../src/data/progress.ts';
import { finishRun, type NewVersion, versionOfRun } from '../src/data/versions.ts';
import { readAdapter, writeAdapter } from '../src/model/adapter.ts';
import { blockedBy } from '../src/model/blocked.ts';
import { formOf } from '../src/model/form.ts';
import { checkQuestions } from '../src/model/general-check.ts';
import { rowsLanguage } from '../src/model/language.ts';
import type { Evaluation, Sample, VersionCard } from '../src/model/report-card.ts';
import { ADAPTER_WEIGHTS, fromShared, sha256Of, versionFolder } from './artifacts.ts';
import type { Adapter } from './engine/generator.ts';
import { evaluate } from './evaluate.ts';
import { sitExam } from './exam.ts';
import { rememberedAnswers } from './general-store.ts';
import { hardestRows } from './hardest.ts';
import { searchLeaks } from './leaks.ts';
import type { Hold } from './lease.ts';
import { patiently } from './patience.ts';
import type { RunPlan } from './plan.ts';
import type { Trained } from './train.ts';
import type { Workplace } from './workplace.ts';

const TELL_EVERY_MS = 1_000;

/** After this the run is done and its version is the candidate (or blocked: model/blocked.ts), or nothing of it stays. Throws CancelAsked if it was asked to end, up to the last moment. */
export async function publish(place: Workplace, claim: Claim, plan: RunPlan, trained: Trained, { signal }: Hold): Promise<void> {
  const { db, artifacts, base } = place;
  await patiently(() => moveRun(db, claim, 'evaluating'), signal);
  const folder = versionFolder(claim);
  const path = fromShared(artifacts, folder);
  try {
    // The form goes with the adapter: whoever speaks with it writes reports in the frame that it was taught.
    const weights = readAdapter(trained.folder, base.model);
    await writeAdapter(path, base.model, weights, { form: formOf(plan.train) });
    const artifact = await sha256Of(join(path, ADAPTER_WEIGHTS));
    const { rank } = weights.spec;
    const adapter = { name: `run-${claim.run}-${artifact.slice(0, 12)}`, folder: path, rank, fingerprint: base.model.fingerprint };
    const written: string[] = [];
    const evaluation = await examine(place, claim, plan, adapter, signal, text => written.push(text));
    const asking = { generator: place.generator, tokenizer: base.tokenizer, signal };
    const hardest = await hardestRows([...plan.heldout, ...plan.train], adapter, asking);
    const questions = await patiently(() => examOfRun(db, claim.run), signal);
    const exam = await sitExam({ ...asking, questions, adapter, base: { name: base.name, maxPositions: base.model.config.maxPositions } });
    const leaks = await searchLeaks({
      ...asking,
      adapter,
      rows: plan.train,
      maxPositions: base.model.config.maxPositions,
      seed: plan.settings.seed,
      written: [...written, ...exam.map(({ tuned }) => tuned)],
    });
    const card: VersionCard = { evaluation, bestStep: trained.bestStep, peakBytes: trained.peakBytes, hardest, exam, leaks };
    const made: NewVersion = {
      baseFingerprint: base.model.fingerprint,
      artifact,
      folder,
      rank,
      card,
      blocked: blockedBy(evaluation) ?? (await place.served?.differs(claim.run, trained.bestStep, plan.heldout, adapter, signal)),
      samples: samplesOf(plan, evaluation),
    };
    await patiently(() => finishRun(db, claim, made), signal);
  } catch (error) {
    // A commit whose answer was lost has made the version all the same.
    const kept = await versionOfRun(db, claim.run).then(
      version => version?.folder === folder,
      () => true,
    );
    if (!kept) await rm(path, { recursive: true, force: true });
    throw error;
  }
}

/** How far it is becomes an event of the run, at most once a second. */
async function examine(
  place: Workplace,
  claim: Claim,
  plan: RunPlan,
  adapter: Adapter,
  signal: AbortSignal,
  onAnswer: (text: string) => void,
): Promise<Evaluation> {
  const { generator, base, artifacts } = place;
  const { tokenizer } = base;
  const language = rowsLanguage(plan.heldout);
  const asking = { generator, tokenizer, signal };
  const general = await rememberedAnswers(artifacts, base.model.fingerprint)(checkQuestions[language], asking);
  let toldAt = 0;
  return evaluate({
    ...asking,
    rows: plan.heldout,
    train: plan.train,
    maxPositions: base.model.config.maxPositions,
    adapter,
    general,
    onAnswer,
    onProgress(done, total) {
      if (done < total && performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      // A hint for the reader; whether this attempt still counts is found out by the next write that matters.
      recordEvent(place.db, claim, 'evaluated', { done, total }).catch(error =>
        place.log.debug({ err: error, run: claim.run }, 'not told'),
      );
    },
  });
}

function samplesOf({ heldout }: RunPlan, { samples }: Evaluation): NewVersion['samples'] {
  const key = (row: Pick<Sample, 'instruction' | 'input'>) => JSON.stringify([row.instruction, row.input]);
  const revisions = new Map(heldout.map(row => [key(row), row.revision]));
  return samples.map(sample => ({
    revision: revisions.get(key(sample)),
    prompt: [sample.instruction, sample.input].filter(Boolean).join('\n\n'),
    baseText: sample.base,
    tunedText: sample.tuned,
  }));
}
