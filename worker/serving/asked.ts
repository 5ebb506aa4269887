// How a prompt reaches a server: as token ids where it takes them (vLLM, llama.cpp), else as the text that they spell (transformers serve,
// Ollama). In both cases the server tells how many tokens it read: a template or a beginning of its own would change every answer.
import { promptIds, type Turn } from '../../src/model/prompt.ts';
import type { ChatTokenizer } from '../../src/model/tokenizer.ts';
import { Refusal } from '../../src/problem.ts';
import type { Completion, CompletionRequest } from './server.ts';

/** What is to be sent for token ids. */
export type Asked = (ids: number[]) => CompletionRequest['prompt'];

const TRIED: Turn[] = [{ role: 'user', content: 'Good morning!' }];
/** They say that a prompt must be a string. */
const WANTS_TEXT = [400, 422];

/**
 * Finds out by asking for one token. Throws a Refusal where the server reads something else than was sent (`answers.otherPrompt`), and
 * what `complete` throws.
 */
export async function askedAs(
  { host, tokenizer }: { host: string; tokenizer: ChatTokenizer },
  complete: (prompt: CompletionRequest['prompt']) => Promise<Completion>,
): Promise<Asked> {
  const ids = promptIds(tokenizer, TRIED);
  /** How many tokens the server reads more than it should; undefined where it does not tell. */
  const surplus = async (asked: Asked) => {
    const { promptTokens } = await complete(asked(ids));
    return promptTokens ? promptTokens - ids.length : undefined;
  };
  const refuse = (more: number) => new Refusal('answers.otherPrompt', { host, sent: ids.length, read: ids.length + more });

  const asIds: Asked = prompt => prompt;
  try {
    const more = await surplus(asIds);
    if (more) throw refuse(more);
    return asIds;
  } catch (error) {
    const { code, values } = error instanceof Refusal ? error.problem : { code: '', values: {} };
    if (code !== 'answers.refused' || !WANTS_TEXT.includes(Number(values.status))) throw error;
  }

  const asText: Asked = prompt => tokenizer.spell(prompt);
  const more = await surplus(asText);
  if (!more) return asText;
  // It puts the token before a text that the template begins with: leave ours out.
  const withoutFirst: Asked = prompt => tokenizer.spell(prompt[0] === ids[0] ? prompt.slice(1) : prompt);
  if (more !== 1 || (await surplus(withoutFirst)) !== 0) throw refuse(more);
  return withoutFirst;
}
