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

/** A section gets so many tokens even where earlier ones have used up the report's. */
const SECTION_TOKENS = 40;

/** One draft a speaker, in the speakers' order. Throws a Refusal when the notes are too long for the model. */
export async function writeDrafts(
  { base, generator }: Pick<Workplace, 'base' | 'generator'>,
  { instruction, notes, form, speakers }: DraftRequest,
  signal: AbortSignal,
): Promise<Generated[]> {
  const { tokenizer } = base;
  const prompt = promptIds(tokenizer, exampleTurns({ kind: 'report', instruction, input: notes }));
  const most = base.model.config.maxPositions - 2 * REPORT_TOKENS;
  if (prompt.length > most) throw new Refusal('worker.questionTooLong', { tokens: prompt.length, most });
  const stop = { tokens: tokenizer.endTokens, maxTokens: REPORT_TOKENS, repeatedLine: true };
  const guard = { notes };
  if (!form || form.sections.length === 0) return generator.generate({ prompt, speakers, sampling: GREEDY, stop, guard }, signal);

  const frame = frameOf(form, headOf(notes));
  const writings = speakers.map((speaker): Writing => ({ speaker, draft: beginDraft(frame), tokens: [], ms: 0, why: 'end' }));
  for (let group = nextGroup(writings); group.length > 0; group = nextGroup(writings)) {
    const begun = tokenizer.encode(withoutControlTokens(tokenizer, group[0].draft.text));
    const maxTokens = Math.max(SECTION_TOKENS, REPORT_TOKENS - Math.max(...group.map(({ tokens }) => tokens.length)));
    const continued = await generator.generate(
      {
        prompt: [...prompt, ...begun],
        speakers: group.map(({ speaker }) => speaker),
        sampling: GREEDY,
        stop: { ...stop, maxTokens },
        guard,
      },
      signal,
    );
    for (const [i, writing] of group.entries()) extend(frame, writing, continued[i]);
  }
  return writings.map(({ draft, tokens, ms, why }) => ({ text: draft.text, tokens, ms, why }));
}

/** Drafts that read the same so far go on in one batch: the first section of all speakers always does. */
function nextGroup(writings: Writing[]): Writing[] {
  const first = writings.find(({ draft }) => !draft.done);
  return first ? writings.filter(({ draft }) => draft.text === first.draft.text) : [];
}

function extend(frame: Frame, writing: Writing, continued: Generated): void {
  writing.draft = extendDraft(frame, writing.draft, continued.text);
  writing.tokens = [...writing.tokens, ...continued.tokens];
  writing.ms += continued.ms;
  writing.why = continued.why;
}
