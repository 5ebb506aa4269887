// Weekly reports for chat: headings, week and name by the program, bullets by the model, and no number that the notes lack.
// Every speaker writes into the same frame by the same rules (DESIGN, Reports).
import type { ReportForm } from '../src/model/form.ts';
import { beginDraft, type Draft, extendDraft, type Frame, frameOf, headOf } from '../src/model/frame.ts';
import { exampleTurns, promptIds, withoutControlTokens } from '../src/model/prompt.ts';
import { Refusal } from '../src/problem.ts';
import type { Adapter, Generated } from './engine/generator.ts';
import { GREEDY, REPORT_TOKENS } from './speaking.ts';
import type { Workplace } from './workplace.ts';

export type DraftRequest = {
  instruction: string;
  notes: string;
  /** The headings; without them (nothing was trained yet) the model writes the whole report, still guarded. */
  form: ReportForm | null;
  speakers: (Adapter | 'base')[];
};

type Writing = { speaker: Adapter | 'base'; draft: Draft; tokens: number[]; ms: number; why: Generated['why'] };

const NOTHING: Generated = { text: '', tokens: [], ms: 0, why: 'length' };
/** A section gets so many tokens even where earlier ones have used up the report's. */
const SECTION_TOKENS = 40;

/** One draft a speaker, in the speakers' order. Throws a Refusal when the notes are too long for the model. */
export async function writeDrafts(
  { base, generator }: Pick<Workplace, 'base' | 'generator'>,
  { instruction, notes, form, speakers }: DraftRequest,
  signal: AbortSignal,
): Promise<Generated[]> {
  const { tokenizer } = base;
  const { maxPositions } = base.model.config;
  const encoded = (text: string) => tokenizer.encode(withoutControlTokens(tokenizer, text));
  const prompt = promptIds(tokenizer, exampleTurns({ kind: 'report', instruction, input: notes }));
  const frame = form && frameOf(form, headOf(notes));
  const headings = frame ? encoded(frame.lines.map(({ filled }) => filled).join('\n')).length : 0;
  const most = maxPositions - REPORT_TOKENS - headings;
  if (prompt.length > most) throw new Refusal('worker.questionTooLong', { tokens: prompt.length, most });

  const rules = { sampling: GREEDY, guard: { notes } };
  const stop = { tokens: tokenizer.endTokens, maxTokens: REPORT_TOKENS, repeatedLine: true };
  if (!frame || frame.lines.length === 0) return generator.generate({ prompt, speakers, stop, ...rules }, signal);

  const writings = speakers.map((speaker): Writing => ({ speaker, draft: beginDraft(frame), tokens: [], ms: 0, why: 'end' }));
  for (let group = nextGroup(writings); group.length > 0; group = nextGroup(writings)) {
    const soFar = [...prompt, ...encoded(group[0].draft.text)];
    const maxTokens = Math.max(SECTION_TOKENS, REPORT_TOKENS - Math.max(...group.map(({ tokens }) => tokens.length)));
    const full = soFar.length >= maxPositions;
    const speaking = group.map(({ speaker }) => speaker);
    const continued = full
      ? undefined
      : await generator.generate({ prompt: soFar, speakers: speaking, stop: { ...stop, maxTokens }, ...rules }, signal);
    signal.throwIfAborted();
    for (const [i, writing] of group.entries()) extend(frame, writing, continued?.[i]);
  }
  return writings.map(({ draft, tokens, ms, why }) => ({ text: draft.text, tokens, ms, why }));
}

/** Drafts that read the same so far go on in one batch: the first section of all speakers always does. */
function nextGroup(writings: Writing[]): Writing[] {
  const first = writings.find(({ draft }) => !draft.done);
  return first ? writings.filter(({ draft }) => draft.text === first.draft.text) : [];
}

/** Where the context is full the rest of the frame is filled in without the model. */
function extend(frame: Frame, writing: Writing, { text, tokens, ms, why }: Generated = NOTHING): void {
  writing.draft = extendDraft(frame, writing.draft, text);
  writing.tokens = [...writing.tokens, ...tokens];
  writing.ms += ms;
  writing.why = why;
}
