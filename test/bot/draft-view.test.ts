// A draft as people see it: what the notes do not say is marked, empty sections are asked about, the notes stand below.
import { describe, expect, it } from 'vitest';
import { type QuestionFacts, questionCard } from '../../src/bot/question/comparison.ts';
import { type DraftFacts, marksIn, shownDraft } from '../../src/bot/weekly/draft-view.ts';
import { sampleRows } from '../../src/chat/local/sample-team.ts';
import { sharedForm } from '../../src/model/empty-sections.ts';
import { formOf } from '../../src/model/form.ts';
import { harbourTeam } from '../support/harbour-team.ts';

const reports = harbourTeam.filter(({ input }) => input).map(({ output }) => ({ kind: 'report' as const, output }));
const form = sharedForm(formOf(reports).report!);
const notes = 'mon: oiled the crane HAR-7\nboats in: 14';
const facts = (more: Partial<DraftFacts> = {}): DraftFacts => ({ notes, leftOut: 0, form, known: ['Rosa', 'W48'], year: 2026, ...more });
const draft = (done: string, numbers: string) => `Weekly report · W48 · Rosa\nDone\n${done}\nNumbers\n${numbers}`;
const card = (texts: string[], more: Partial<QuestionFacts> = {}, about = facts()) =>
  questionCard('en', {
    id: 7,
    question: '',
    draft: about,
    comparison: texts.length > 1,
    answers: texts.map((text, i) => ({ text, side: texts.length === 1 ? 'only' : (['A', 'B'] as const)[i], ...(i > 0 && { version: 3 }) })),
    ...more,
  });
const textOf = (shown: ReturnType<typeof card>) => JSON.stringify(shown);
const buttonsOf = (shown: ReturnType<typeof card>) => shown.parts.flatMap(part => ('buttons' in part ? part.buttons : []));

describe('a draft', () => {
  it('has its inventions marked, and week and name of its heading are none', () => {
    const shown = shownDraft(draft('- Oiled the crane (HAR-9)', '- Boats in: 41'), facts());
    expect(shown).toBe(draft('- Oiled the crane (⟦HAR-9⟧⚠)', '- Boats in: ⟦41⟧⚠'));
    expect(textOf(card([draft('- Oiled the crane (HAR-9)', '- Boats in: 41')]))).toMatch(
      /I do not find in your notes[^"]*2 places to check/,
    );
  });

  it('that says only what its notes say is shown as it is, and says so', () => {
    const true_ = draft('- Oiled the crane (HAR-7)', '- Boats in: 14');
    expect(shownDraft(true_, facts())).toBe(true_);
    expect(textOf(card([true_]))).toContain('stand in your notes, as far as words can tell');
  });

  it('asks about a section that is empty, in the draft’s own language', () => {
    expect(shownDraft('Weekly report · W48 · Rosa\nDone\n- Oiled the crane\nNumbers', facts())).toMatch(
      /Numbers\n- Anything on Numbers\?$/,
    );
    const chinese = formOf(
      ['周报\n完成\n1. 修好了\n风险：\n1. 无', '周报\n完成\n1. 写完了\n风险：\n1. 缺人'].map(output => ({ kind: 'report', output })),
    ).report!;
    expect(shownDraft('周报\n完成\n1. 修好了吊车\n风险：', facts({ form: chinese, notes: '修好了吊车' }))).toMatch(
      /风险：\n- 风险：有要写的吗？$/,
    );
  });

  it('marks on the line of a heading do not move the question', () => {
    const shown = shownDraft('Weekly report · W48 · Rosa\nDone\nNumbers\n- Boats in: 99', facts());
    expect(shown.split('\n').slice(1, 4)).toEqual(['Done', '- Anything on Done?', 'Numbers']);
    expect(shown).toContain('⟦99⟧⚠');
  });

  it('stands with its notes below it, and of a long week with what was not read', () => {
    const shown = card(
      [draft('- Oiled the crane', '- Boats in: 14')],
      {},
      facts({ notes: `${notes}\nfri: painted\n\nsat: rain`, leftOut: 2 }),
    );
    expect(shown.title).toBe('Weekly report · draft');
    expect(textOf(shown)).toContain('Headings by the program, sentences by the model');
    const [read, left] = shown.parts.slice(-2).map(part => ('markdown' in part ? part.markdown : ''));
    expect(read).toBe('Your notes:\n> mon: oiled the crane HAR-7\n> boats in: 14');
    expect(left).toBe('Left out, because it did not fit:\n> fri: painted\n> \n> sat: rain');
    expect(textOf(shown)).toContain('the last 2 lines were left out');
  });
});

describe('two drafts', () => {
  const [a, b] = [draft('- Oiled the crane', '- Boats in: 14'), draft('- Oiled the crane', '- Boats in: 15')];

  it('stand beside each other, both marked, with the vote and one button each to edit', () => {
    const shown = card([a, b]);
    const columns = shown.parts.flatMap(part => ('columns' in part ? part.columns : []));
    expect(columns.map(({ markdown }) => markdown)).toEqual([a, b.replace('15', '⟦15⟧⚠')]);
    expect(buttonsOf(shown).map(({ label, value }) => `${label} ${value}`)).toEqual([
      'A is better 7:A',
      'B is better 7:B',
      'Tie 7:tie',
      'Both bad 7:bad',
      'Edit A 7:A',
      'Edit B 7:B',
    ]);
  });

  it('that are the same are one, without a vote', () => {
    const shown = card([a, `${a} `], { comparison: false });
    expect(shown.parts.filter(part => 'columns' in part)).toEqual([]);
    expect(buttonsOf(shown).map(({ label }) => label)).toEqual(['Edit']);
  });
});

/** The reports of the sample team as drafts: their notes are real, and so is the form. */
describe.each(['en', 'zh'] as const)('the sample team’s reports (%s)', async lang => {
  const rows = (await sampleRows(lang)).filter(({ kind }) => kind === 'report');
  const team = sharedForm(formOf(rows.map(({ output }) => ({ kind: 'report', output }))).report!);
  const of = ({ input, author }: (typeof rows)[number]): DraftFacts => ({
    notes: input,
    leftOut: 0,
    form: team,
    known: [author],
    year: 2026,
  });

  it('every planted number, ticket, date, link and name is marked', () => {
    const planted =
      lang === 'en'
        ? ['987 pallets', 'PAK-9871', '31 February', 'https://nowhere.example/plan', 'Wilhelmina']
        : ['987 个托盘', 'PAK-9871', '2 月 31 日', 'https://nowhere.example/plan', 'Wilhelmina'];
    const missed: string[] = [];
    let count = 0;
    for (const row of rows) {
      const lines = row.output.split('\n');
      for (const [i, line] of lines.entries()) {
        if (!/^(?:- |\d+[.、])/u.test(line)) continue;
        for (const what of planted) {
          const invented = `${line} ${lang === 'en' ? 'with' : '包括'} ${what}`;
          const text = [...lines.slice(0, i), invented, ...lines.slice(i + 1)].join('\n');
          const start = [...lines.slice(0, i), line].join('\n').length;
          count++;
          const found = marksIn(text, of(row)).some(mark => mark.start >= start && mark.end <= start + invented.length - line.length);
          if (!found) missed.push(`${row.author}: ${invented}`);
        }
      }
    }
    expect(count).toBeGreaterThan(200);
    expect(missed).toEqual([]);
  });
});
