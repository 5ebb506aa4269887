// The doctor's lines for an environment, as they stand on the terminal.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config.ts';
import { examine } from '../../src/doctor/examine.ts';
import { MARKS } from '../../src/doctor/finding.ts';
import { say } from '../../src/words/words.ts';

/** `env` and nothing else; a folder of data that nobody has made. */
export async function examined(env: Record<string, string>, ...places: string[]): Promise<string[]> {
  const lines: string[] = [];
  const config = readConfig({ DATA_DIR: join(tmpdir(), 'apprentice-doctor-nowhere'), LANGUAGE: 'en', ...env });
  await examine(config, places, (sign, code, values) => void lines.push(`${MARKS[sign]} ${say(config.lang, code, values)}`));
  return lines;
}

export const wrong = (lines: string[]): string[] => lines.filter(line => line.startsWith(MARKS.ill));
