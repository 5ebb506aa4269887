// Weekly reports for chat: headings, week and name by the program, bullets by the model, and no number that the notes lack.
// Every speaker writes into the same frame by the same rules (DESIGN, Reports).
import { withoutNothing } from '../src/model/empty-sections.ts';
import type { ReportForm } from '../src/model/form.ts';
import { beginDraft, extendDraft, frameOf, type Head, headOf } from '../src/model/frame.ts';
import { exampleTurns, promptIds, withoutControlTokens } from '../src/model/prompt.ts';
import { Refusal } from '../src/problem.ts';
import type { Adapter, Generated } from './engine/generator.ts';
import { fitNotes } from './fit-notes.ts';
import { GREEDY, REPORT_TOKENS } from './speaking.ts';
import type { Workplace } from './workplace.ts';

export type DraftRequest = {
  instruction: string;
  notes: string;
  /** Week and name, for notes that do not say them. */
  head?: Partial<Head>;
  /** The headings; without them (nothing was trained yet) the model writes the whole report, still guarded. */
  form: ReportForm | null;
  speakers: (Adapter | 'base')[];
};

const NOTHING: Generated = { text: '', tokens: [], ms: 0, why: 'length' };
/** A section gets so many tokens even where earlier ones have used up the report's. */
const SECTION_TOKENS = 40;

/**
 * One draft a speaker, in the speakers' order. `leftOut`: so many lines at the end of the notes did not fit into the model. A section
 * without notes is left empty. Throws a Refusal where not even the first line fits.
 */
export async function writeDrafts(
  { base, generator }: Pick<Workplace, 'base' | 'generator'>,
  { instruction, notes: all, head, form, speakers }: DraftRequest,
  signal: AbortSignal,
): Promise<{ drafts: Generated[]; leftOut: number }> {
  const { tokenizer } = base;
  const { maxPositions } = base.model.config;
  const encoded = (text: string) => tokenizer.encode(withoutControlTokens(tokenizer, text));
  const promptOf = (notes: string) => promptIds(tokenizer, exampleTurns({ kind: 'report', instruction, input: notes }));
  const frame = form && frameOf(form, headOf(all, head));
  const headings = frame ? encoded(frame.lines.map(({ filled }) => filled).join('\n')).length : 0;
  const most = maxPositions - REPORT_TOKENS - headings;
  const fitting = fitNotes(all, notes => promptOf(notes).length <= most);
  if (!fitting) throw new Refusal('worker.questionTooLong', { tokens: promptOf(all).length, most });
  const { notes, leftOut } = fitting;
  const prompt = promptOf(notes);

  const rules = { sampling: GREEDY, guard: { notes } };
  const stop = { tokens: tokenizer.endTokens, maxTokens: REPORT_TOKENS, repeatedLine: true };
  if (!form || !frame || frame.lines.length === 0) {
    return { drafts: await generator.generate({ prompt, speakers, stop, ...rules }, signal), leftOut };
  }

  /** One speaker fills in the frame, section by section. Where the context is full the rest is filled in without the model. */
  const fillIn = async (speaker: Adapter | 'base'): Promise<Generated> => {
    let draft = beginDraft(frame);
    const tokens: number[] = [];
    let ms = 0;
    let why: Generated['why'] = 'end';
    while (!draft.done) {
      const soFar = [...prompt, ...encoded(draft.text)];
      const maxTokens = Math.max(SECTION_TOKENS, REPORT_TOKENS - tokens.length);
      const request = { prompt: soFar, speakers: [speaker], stop: { ...stop, maxTokens }, ...rules };
      const [said] = soFar.length < maxPositions ? await generator.generate(request, signal) : [NOTHING];
      signal.throwIfAborted();
      draft = extendDraft(frame, draft, said.text);
      tokens.push(...said.tokens);
      ms += said.ms;
      why = said.why;
    }
    // While it is written the team's own word for nothing stands there: the model has learned reports with it.
    return { text: withoutNothing(draft.text, form, notes), tokens, ms, why };
  };
  return { drafts: await Promise.all(speakers.map(fillIn)), leftOut };
}
