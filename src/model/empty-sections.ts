// Sections of a report for which the notes say nothing: a draft leaves them empty, and whoever shows it asks about them.
import type { ReportForm } from './form.ts';
import { blanked, bulletOf } from './lines.ts';

/** `line`: the number of the heading's line in the draft; `body`: those of the lines with text below it. */
export type DraftSection = { heading: string; line: number; body: number[] };

/** What people write where there is nothing to say, as all that a line says. */
const NOTHING =
  /^(?:(?:there (?:is|was|were) )?(?:nothing|none|nil|n\/?a|not applicable|tbd)(?: (?:to report|new|yet|special|this week|at the moment|so far))*|no (?:blockers?|issues?|risks?|problems?|news|updates?)|[-–—.…/]*|(?:本周|目前)?(?:暂时?)?(?:无|没有|没啥|暂缺)(?:内容|事项|问题|风险|阻塞|更新|情况)?)$/iu;
/** A note says itself that there is nothing of something. */
const SAYS_NOTHING = /\b(?:no|not|none|nothing|nil|n\/a)\b|无|没有|暂缺/iu;

/** The sections of the form that stand in the draft and that notes fill. */
function draftSections(draft: string, form: ReportForm): DraftSection[] {
  const below = new Map(form.sections.map(section => [section.key, section.below]));
  const found: (DraftSection & { filled: boolean })[] = [];
  for (const [line, text] of draft.split('\n').entries()) {
    const key = bulletOf(text) ? undefined : blanked(text.trim());
    const kind = key === undefined ? undefined : below.get(key);
    if (kind !== undefined) found.push({ heading: text.trim(), line, body: [], filled: kind !== 'nothing' });
    else if (text.trim() !== '') found.at(-1)?.body.push(line);
  }
  return found.filter(({ filled }) => filled).map(({ heading, line, body }) => ({ heading, line, body }));
}

/** Those with nothing below their heading. */
export const emptySections = (draft: string, form: ReportForm): DraftSection[] =>
  draftSections(draft, form).filter(({ body }) => body.length === 0);

/** The draft without "Nothing", "None" and the like where such a line is all that a section says, unless the notes say so themselves. */
export function withoutNothing(draft: string, form: ReportForm, notes: string): string {
  const lines = draft.split('\n');
  const saysNothing = (line: number) => isNothing(bulletOf(lines[line])?.text ?? lines[line], form);
  const dropped = draftSections(draft, form)
    .filter(({ heading, body }) => body.every(saysNothing) && !isNoted(heading, notes))
    .flatMap(({ body }) => body);
  return lines.filter((_, line) => !dropped.includes(line)).join('\n');
}

function isNothing(text: string, { nothing }: ReportForm): boolean {
  const plain = text.trim().replace(/[.。!！]+$/u, '');
  return NOTHING.test(plain) || (nothing !== '' && plain.toLowerCase() === nothing.trim().toLowerCase());
}

/** Does a line of the notes name the heading and say that there is nothing? */
function isNoted(heading: string, notes: string): boolean {
  const words = heading.toLowerCase().match(/\p{Script=Han}{2,}|(?!\p{Script=Han})\p{L}{3,}/gu) ?? [];
  return notes
    .toLowerCase()
    .split('\n')
    .some(line => SAYS_NOTHING.test(line) && words.some(word => line.includes(word)));
}

/** The form without what only one report wrote into its headings: a name, a week. */
export const sharedForm = (form: ReportForm): ReportForm => ({
  ...form,
  sections: form.sections.map(section => (section.fixed ? section : { ...section, text: '' })),
});
