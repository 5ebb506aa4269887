// `/finetune exam`: the team's own test. Its questions are answered by the base and by each new version, and stand on the report card.
import { recordAudit } from '../data/audit.ts';
import { addExamQuestion, listExam, MOST_EXAM_QUESTIONS, removeExamQuestion } from '../data/exam.ts';
import { personById } from '../data/people.ts';
import { Refusal } from '../problem.ts';
import { type Lang, say } from '../words/words.ts';
import { type Asked, langOf } from './asked.ts';
import { called } from './called.ts';
import type { ExamCommand } from './commands.ts';
import { keepable } from './examples/keepable.ts';
import { langIn } from './language.ts';
import { post, replyPrivately, sentence } from './reply.ts';
import { refuseUnlessMay } from './rights/may-do.ts';

/** A question for an exam is a question, not a text to work on; ten of them must fit a report card. */
const MOST_CHARACTERS = 500;

/** Adding and removing is said to everybody, the list to who asked. Throws Refusal for what cannot be added or removed. */
export async function exam(asked: Asked, { add, remove }: ExamCommand): Promise<void> {
  await refuseUnlessMay(asked, 'exam');
  if (add !== undefined) return addQuestion(asked, add.trim());
  return remove === undefined ? showExam(asked) : removeQuestion(asked, remove);
}

async function showExam(asked: Asked): Promise<void> {
  const { bot, event } = asked;
  const lang = await langOf(asked);
  const questions = await listExam(bot.db, bot.workspace.id);
  if (questions.length === 0) return replyPrivately(bot, event, sentence(say(lang, 'exam.none', { most: MOST_EXAM_QUESTIONS })));
  const rows = await Promise.all(
    questions.map(async ({ no, text, addedBy }): Promise<[string, string]> => {
      const name = called(lang, (await personById(bot.db, addedBy))?.name);
      return [String(no), say(lang, 'exam.row', { question: text, name })];
    }),
  );
  const title = say(lang, 'exam.title', { count: questions.length, most: MOST_EXAM_QUESTIONS });
  return replyPrivately(bot, event, { title, parts: [{ facts: rows }, { markdown: say(lang, 'exam.how', { no: questions[0].no }) }] });
}

async function addQuestion(asked: Asked, text: string): Promise<void> {
  const { bot, person } = asked;
  const [kept] = await keepable(asked, [text]);
  const length = [...kept].length;
  if (length > MOST_CHARACTERS) throw new Refusal('exam.too-long', { most: MOST_CHARACTERS, got: length });
  const { no } = await addExamQuestion(bot.db, bot.workspace.id, kept, person.id);
  await keepAudit(asked, 'exam-add', no);
  await tell(asked, lang => say(lang, 'exam.added', { name: nameIn(lang, asked), no, question: kept }));
}

async function removeQuestion(asked: Asked, no: number): Promise<void> {
  const { bot } = asked;
  const removed = await removeExamQuestion(bot.db, bot.workspace.id, no);
  if (!removed) throw new Refusal('exam.unknown', { no });
  await keepAudit(asked, 'exam-remove', no);
  await tell(asked, lang => say(lang, 'exam.removed', { name: nameIn(lang, asked), no, question: removed.text }));
}

const keepAudit = ({ bot, person }: Asked, verb: 'exam-add' | 'exam-remove', no: number): Promise<void> =>
  recordAudit(bot.db, { workspace: bot.workspace.id, actor: person.ext, verb, object: `exam question ${no}` });

const nameIn = (lang: Lang, { person }: Asked): string => called(lang, person.name);

async function tell({ bot, event }: Asked, text: (lang: Lang) => string): Promise<void> {
  await post(bot, `exam:${event.key}`, event.place, sentence(text(await langIn(bot, event.place.channel))));
}
