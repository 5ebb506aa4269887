// Why a chat did not do what it was asked to, as the end of a doctor's line.
import { Gone, NotAllowed, RetryLater } from '../chat/errors.ts';
import { codeOf } from '../chat/slack/refused.ts';
import { Refusal } from '../problem.ts';
import { type Lang, say } from '../words/words.ts';

/** The code and values of a sentence that has a place for `what`. */
export type WhyNot = { code: string; values: Record<string, string | number> };

export function whyNot(error: unknown, lang: Lang): WhyNot {
  if (error instanceof NotAllowed) return { code: 'doctor.not.allowed', values: { fix: error.fix } };
  if (error instanceof Refusal) return { code: 'doctor.not.allowed', values: { fix: say(lang, error.problem.code, error.problem.values) } };
  if (error instanceof Gone) return { code: 'doctor.not.there', values: {} };
  if (error instanceof RetryLater) return { code: 'doctor.not.now', values: { code: told(error) } };
  return { code: 'doctor.not.known', values: { code: told(error) } };
}

/** The platform's own code, or the network's, however deep it lies; else what kind of error it is. Never a message: it may hold what was sent. */
export function told(error: unknown): string | number {
  const slack = codeOf(error) ?? (error as { data?: { error?: string } }).data?.error;
  if (slack !== undefined) return slack;
  const codes = [...codesIn(error)];
  // Slack's client names its own kinds of error in the same place.
  return codes.find(code => !/^slack_/.test(String(code))) ?? codes[0] ?? (error instanceof Error ? error.name : typeof error);
}

function* codesIn(error: unknown): Iterable<string | number> {
  if (!(error instanceof Error)) return;
  const { code, original } = error as { code?: unknown; original?: unknown };
  if ((typeof code === 'number' && code !== 0) || (typeof code === 'string' && /^[\w-]+$/.test(code))) yield code;
  yield* codesIn(original);
  yield* codesIn(error.cause);
}
