// Examples leave as files, and come back as the same rows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../src/model/alpaca.ts';
import { exportFiles } from '../../src/model/export.ts';
import type { Row } from '../../src/model/row.ts';
import { projectRoot } from '../../src/root.ts';

const rows: Row[] = [
  { kind: 'qa', instruction: 'How do I ship?', input: '', output: 'Run `kite ship`.\n1. "Watch" it.\nOwner: Tomas', thread: 't1' },
  // A report by its kind alone, and a question that sounds like a report: the file has to say so.
  { kind: 'report', instruction: '写一下', input: 'W10, 小林\n- 完成 3 件事', output: '【本周】\n1. 三件事 🎉' },
  { kind: 'qa', instruction: 'Weekly report: write one', input: '', output: 'No.' },
];

describe('an export', () => {
  it('is read back by our own import to the same rows: kinds, threads, line breaks, Chinese', () => {
    const { files } = exportFiles(rows, 'apprentice');
    expect(readRows(files[0].text)).toEqual({ rows, problems: [], duplicates: [], ignored: [] });
    for (const lang of ['en', 'zh']) {
      const team = readRows(readFileSync(join(projectRoot(), 'src/sample-team', `${lang}.json`))).rows;
      expect(readRows(exportFiles(team, 'team').files[0].text).rows).toEqual(team);
    }
  });

  it('brings the list of data sets that LLaMA-Factory reads: each file by name, with Alpaca’s columns', () => {
    const { names, files } = exportFiles(rows, 'apprentice');
    expect(names).toEqual(['apprentice']);
    const info = JSON.parse(files.find(({ name }) => name === 'dataset_info.json')!.text);
    expect(info).toEqual({
      apprentice: {
        file_name: 'apprentice.json',
        formatting: 'alpaca',
        columns: { prompt: 'instruction', query: 'input', response: 'output' },
      },
    });
    for (const row of JSON.parse(files[0].text)) expect(row).toMatchObject({ instruction: expect.any(String), output: expect.any(String) });
  });

  it('of very many words is several files, none of them too large for a chat, and still all of the rows', () => {
    const many = Array.from(
      { length: 40 },
      (_, i): Row => ({ kind: 'qa', instruction: `${i}?`, input: '', output: `${i} ${'w '.repeat(40_000)}`.trim() }),
    );
    const { names, files } = exportFiles(many, 'apprentice');
    expect(names).toEqual(['apprentice_1', 'apprentice_2', 'apprentice_3']);
    for (const { text } of files) expect(text.length).toBeLessThan(2_000_000);
    expect(files.slice(0, -1).flatMap(({ text }) => readRows(text).rows)).toEqual(many);
  });
});
