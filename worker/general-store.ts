// What the base said to general questions, kept beside the artifacts: it says the same every time, and a run that goes on elsewhere
// must learn from the same rows. General questions only, no word of the team.
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { baseAnswers, type GeneralAnswer } from './general.ts';

const Kept = z.object({ question: z.string(), prompt: z.array(z.int()), answer: z.array(z.int()) });

/** As `baseAnswers`, for the base of this fingerprint; only what was never asked before is asked. */
export function rememberedAnswers(artifacts: string, fingerprint: string): typeof baseAnswers {
  const file = join(artifacts, 'general', `${fingerprint.slice(0, 12)}.jsonl`);
  return async (questions, asking) => {
    const known = await readKept(file);
    const answers: GeneralAnswer[] = [];
    for (const [index, question] of questions.entries()) {
      const [answer] = known.has(question) ? [known.get(question)!] : await baseAnswers([question], { ...asking, onProgress: undefined });
      if (answer && !known.has(question)) await keep(file, question, answer);
      if (answer) answers.push(answer);
      asking.onProgress?.(index + 1, questions.length);
    }
    return answers;
  };
}

/** Two workers may write at once, and one may be killed: a torn line is asked anew, of two lines the first counts. */
async function readKept(file: string): Promise<Map<string, GeneralAnswer>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const known = new Map<string, GeneralAnswer>();
  for (const line of text.split('\n')) {
    const { question, ...answer } = parseLine(line) ?? {};
    if (question !== undefined && !known.has(question)) known.set(question, answer as GeneralAnswer);
  }
  return known;
}

function parseLine(line: string): z.infer<typeof Kept> | undefined {
  try {
    return Kept.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** The line break comes first, so that a torn line before it spoils nothing. */
async function keep(file: string, question: string, answer: GeneralAnswer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `\n${JSON.stringify({ question, ...answer })}`);
}
