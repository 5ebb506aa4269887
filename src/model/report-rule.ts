// Is this a weekly report, or a question and its answer? The rule for rows that do not say so, and for what people ask in chat.
import type { Kind } from './row.ts';

const REPORT =
  /\b(?:weekly|daily|monthly|status|progress)\s+(?:status\s+|team\s+)?(?:report|update|summary)\b|周报|日报|月报|工作总结|本周总结/iu;
const REPORT_TITLE = new RegExp(`^[\\s#*_>【[《「]*(?:my |我的|本周)?(?:${REPORT.source})`, 'iu');
/** "Who reads the weekly report?" asks about reports; it does not ask for one. */
const ABOUT_REPORTS =
  /^\s*(?:who|whom|whose|where|when|what|how|why|which|do|does|did|is|are|was|should|must|may)\b|谁|哪|何时|什么|怎么|怎样|如何|为什么|多久|几点|是否/iu;

/** Does this text ask for a report to be written? */
export function asksForReport(text: string): boolean {
  const first = text.trim().split('\n', 1)[0];
  return REPORT.test(first) && !ABOUT_REPORTS.test(first);
}

/** The kind of a row that does not name it: a report when its first line says so, or when one was asked for. */
export function kindOf({ instruction, output }: { instruction: string; output: string }): Kind {
  const title = output.trimStart().split('\n', 1)[0];
  return REPORT_TITLE.test(title) || asksForReport(instruction) ? 'report' : 'qa';
}

const FOR_REPORTS =
  /\b(?:weekly|daily|monthly|status|progress)\s+(?:status\s+|team\s+)?(?:reports?|updates?|summar(?:y|ies))\b|周报|日报|月报|工作总结|本周总结/iu;

/** Is a channel of this purpose there for reports? */
export const isForReports = (purpose: string): boolean => FOR_REPORTS.test(purpose);

/** A message that is a report by itself: its first line says so, and more lines follow. */
export function isTitledReport(text: string): boolean {
  const [title, ...rest] = text.trim().split('\n');
  return rest.length > 0 && REPORT_TITLE.test(title);
}

/** "Weekly report: fixed the crane", all on one line. */
const NOTES_ON_THE_LINE = /^([^:：]*)[:：]\s*(.*[\p{L}\p{N}].*)$/u;

/**
 * What was said in chat, taken apart: the request on the first line, the notes on the lines below, else behind its colon; undefined where
 * it is no report request.
 */
export function reportRequest(said: string): { instruction: string; notes: string } | undefined {
  const [first, ...rest] = said.trim().split('\n');
  if (!asksForReport(first)) return undefined;
  const below = rest.join('\n').trim();
  const [, request, behind] = (below === '' && NOTES_ON_THE_LINE.exec(first)) || [];
  return request && asksForReport(request)
    ? { instruction: request.trim(), notes: behind.trim() }
    : { instruction: first.trim(), notes: below };
}
