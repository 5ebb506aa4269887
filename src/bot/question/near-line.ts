// Under an answer: what the team itself has approved on the same thing, with its link and who stands behind it.
import { approvedExample } from '../../data/example-pages.ts';
import { type Lang, say } from '../../words/words.ts';
import type { Bot } from '../bot.ts';
import { shortOf } from '../short.ts';

/** `link`: none where the example came in a file. */
export type NearFacts = { no: number; question: string; link?: string; approvers: string[] };

const QUESTION_CHARACTERS = 80;

/** Undefined where nothing near was found, or it is not approved any more. */
export async function nearFacts(bot: Bot, example: number | null): Promise<NearFacts | undefined> {
  const found = example === null ? undefined : await approvedExample(bot.db, bot.workspace.id, example);
  if (!found) return undefined;
  const { no, instruction, permalink, approvers } = found;
  return { no, question: instruction, ...(permalink !== null && { link: permalink }), approvers };
}

export function nearLine(lang: Lang, { no, question, link, approvers }: NearFacts): string {
  const names = approvers.length > 0 ? new Intl.ListFormat(lang).format(approvers) : say(lang, 'bot.unknown-person');
  // Brackets would end the link's label.
  const shown = shortOf(question.replace(/[[\]]/gu, ''), QUESTION_CHARACTERS);
  return link === undefined
    ? say(lang, 'ask.near.file', { no, question: shown, names })
    : say(lang, 'ask.near.link', { question: shown, link, names });
}
