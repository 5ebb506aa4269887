// A team's examples as files that others can use: Alpaca JSON, which ./alpaca.ts reads back to the same rows, and LLaMA-Factory's list of data sets.
import type { Row } from './row.ts';

export type ExportFile = { name: string; text: string };

/** What a chat takes as one file without complaint. */
const FILE_CHARACTERS = 1_500_000;

/** One JSON file (several where it would be very large) and `dataset_info.json`; `names` are the data sets in it. */
export function exportFiles(rows: Row[], name: string): { names: string[]; files: ExportFile[] } {
  const chunks = chunksOf(rows.map(alpaca));
  const names = chunks.map((_, i) => (chunks.length === 1 ? name : `${name}_${i + 1}`));
  const files = chunks.map((lines, i) => ({ name: `${names[i]}.json`, text: `[\n${lines.join(',\n')}\n]\n` }));
  return { names, files: [...files, { name: 'dataset_info.json', text: `${JSON.stringify(datasetInfo(names), null, 2)}\n` }] };
}

/** The fields that our own import reads; others ignore `kind` and `thread`. */
const alpaca = ({ instruction, input, output, kind, thread }: Row): string => JSON.stringify({ instruction, input, output, kind, thread });

const datasetInfo = (names: string[]) =>
  Object.fromEntries(
    names.map(name => [
      name,
      { file_name: `${name}.json`, formatting: 'alpaca', columns: { prompt: 'instruction', query: 'input', response: 'output' } },
    ]),
  );

function chunksOf(lines: string[]): string[][] {
  const chunks: string[][] = [[]];
  let length = 0;
  for (const line of lines) {
    if (length > 0 && length + line.length > FILE_CHARACTERS) {
      chunks.push([]);
      length = 0;
    }
    chunks[chunks.length - 1].push(line);
    length += line.length;
  }
  return chunks;
}
