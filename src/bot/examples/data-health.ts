// The health of the examples in one line: figures first, every guess marked as one.
import type { Health } from '../../model/health.ts';
import { type Lang, paragraph, say } from '../../words/words.ts';

/** Numbers named one by one; people open the list for more. */
const NAMED = 3;

/** Undefined without examples. Ends with how to take one out, where one should be looked at. */
export function healthLine(lang: Lang, { duplicates, contradictions, reports, languages, long }: Health): string | undefined {
  const { en, zh } = languages;
  if (en + zh === 0) return undefined;
  const counted = (code: string, found: string[]) => say(lang, code, { count: found.length, which: named(found) });
  const findings = [
    duplicates.length
      ? counted(
          'health.duplicates',
          duplicates.map(({ no, of }) => `#${of} = #${no}`),
        )
      : say(lang, 'health.duplicates.none'),
    contradictions.length
      ? counted(
          'health.contradictions',
          contradictions.map(({ no, of }) => `#${of} ≠ #${no}`),
        )
      : say(lang, 'health.contradictions.none'),
    ...(reports ? [say(lang, 'health.reports', reports)] : []),
    say(lang, en === 0 ? 'health.chinese' : zh === 0 ? 'health.english' : 'health.both', languages),
    ...(long.length
      ? [
          counted(
            'health.long',
            long.map(no => `#${no}`),
          ),
        ]
      : []),
  ];
  const line = say(lang, 'health.line', { findings: findings.join(' · ') });
  const suspect = duplicates[0]?.no ?? contradictions[0]?.no ?? long[0];
  return suspect === undefined ? line : paragraph(lang, [line, say(lang, 'health.tidy', { no: suspect })]);
}

const named = (found: string[]): string => [...found.slice(0, NAMED), ...(found.length > NAMED ? ['…'] : [])].join(', ');
