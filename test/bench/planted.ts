// Plants inventions into labelled drafts: a part of their true facts is replaced by others of the same kind that the notes do not have.
import type { FactKind, Label, LabelledDraft } from './marks-cases.ts';

const NAMES = {
  en: ['Oskar', 'Yasmin', 'Delphine', 'Mr. Abara', 'Quentin', 'Solveig', 'Brightwater', 'Ingrid Holm', 'Farid', 'Zofia'],
  zh: ['吴桐', '郑爽', '小梁', '老郭', '孔令辉', '谢娜娜', '黄工', '欧阳雪', 'Oskar', '许晴'],
};
const WEEKDAYS = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
};
/** As people shorten them in notes. */
const SHORT = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const CHANCE = 0.4;

type Random = () => number;

/** One variant of the case with about two fifths of its true facts replaced; the draft's other words stay. */
export function planted(source: LabelledDraft, random: Random): LabelledDraft {
  const labels: Label[] = [];
  let draft = '';
  let read = 0;
  for (const label of source.labels) {
    draft += source.draft.slice(read, label.start);
    const old = source.draft.slice(label.start, label.end);
    const other = label.invented || random() > CHANCE ? undefined : invent(label.kind, old, source.notes, random);
    const text = other ?? old;
    labels.push({ ...label, invented: label.invented || other !== undefined, start: draft.length, end: draft.length + text.length });
    draft += text;
    read = label.end;
  }
  return { ...source, name: `${source.name} (planted)`, draft: draft + source.draft.slice(read), labels };
}

function invent(kind: FactKind, old: string, notes: string, random: Random): string | undefined {
  for (let tries = 0; tries < 20; tries++) {
    const text = INVENT[kind](old, /\p{Script=Han}/u.test(notes) ? 'zh' : 'en', random);
    if (text !== old && isNew(kind, text, notes)) return text;
  }
  return undefined;
}

/** Do the notes lack it in every writing that the inventions here use? */
function isNew(kind: FactKind, text: string, notes: string): boolean {
  const said = notes.toLowerCase();
  if (kind === 'date') {
    const day = WEEKDAYS.en.indexOf(text) + WEEKDAYS.zh.indexOf(text) + 1;
    return day < 0 ? !said.includes(text.toLowerCase()) : ![SHORT[day], WEEKDAYS.zh[day]].some(word => said.includes(word));
  }
  return !said.includes(kind === 'number' ? (/\d+/u.exec(text)?.[0] ?? text) : text.toLowerCase());
}

const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)];
const below = (most: number, random: Random): number => Math.floor(random() * most);

const INVENT: Record<FactKind, (old: string, language: 'en' | 'zh', random: Random) => string> = {
  /** Another number in the same place: the unit stays, digits change; a number in words becomes one in digits. */
  number: (old, language, random) => {
    const number = String(pick([13, 37, 58, 64, 72, 87, 93, 113, 260, 475, 730, 1350, 2600, 8400], random));
    if (/\d/u.test(old)) return old.replace(/[\d.,:]*\d/u, number);
    return language === 'zh' ? number : number + old.replace(/^\S+/u, '');
  },
  ticket: (old, _, random) => old.replace(/\d+$/u, () => String(10 + below(890, random))),
  date: (old, language, random) => {
    if (!/\d/u.test(old)) return pick(WEEKDAYS[language], random);
    const [month, day] = [1 + below(12, random), 1 + below(28, random)];
    if (/^w|week|周/iu.test(old)) return old.replace(/\d+/u, String(33 + below(10, random)));
    return language === 'zh' ? `${month}月${day}日` : `${day} ${MONTHS[month - 1]}`;
  },
  link: (old, _, random) => old.replace(/[^/]*$/u, () => pick(['intro', 'handbook', 'notes-2', 'status?v=3', 'old'], random)),
  name: (_, language, random) => pick(NAMES[language], random),
};
