// [Edit]: whoever asked for a report corrects a draft and posts it. It stands in the thread under their name, and counts as theirs.
import type { Form } from '../../chat/chat.ts';
import { channelById } from '../../data/channels.ts';
import { exampleOfAnswer } from '../../data/chat-examples.ts';
import { findMessage } from '../../data/messages.ts';
import { findPerson, personById } from '../../data/people.ts';
import { findPost } from '../../data/posts.ts';
import { type AnswerRow, type QuestionRow, questionById } from '../../data/questions.ts';
import { withoutMarks } from '../../model/shown-marks.ts';
import { type Problem, Refusal } from '../../problem.ts';
import { type Lang, paragraph, say } from '../../words/words.ts';
import { type Bot, knownPerson } from '../bot.ts';
import { called } from '../called.ts';
import { keepable, whyNotOwnWords } from '../examples/keepable.ts';
import type { FormKind } from '../forms.ts';
import { lookAtExample } from '../harvest/look.ts';
import { langFor, langIn } from '../language.ts';
import { type Pressed, post } from '../reply.ts';
import { saidForKey, saidForOn } from '../said-for.ts';
import { draftFacts } from './draft-facts.ts';
import { type DraftFacts, marksIn } from './draft-view.ts';

const MOST_PLACES = 8;

export const editReportForm: FormKind = {
  async open(bot, { person: ext, place, value }): Promise<Form | undefined> {
    const found = await draftOf(bot, value);
    if (!found) return undefined;
    const person = await findPerson(bot.db, bot.workspace.id, ext);
    if (person?.id !== found.question.asker) throw await notTheirs(bot, found.question);
    const lang = await langFor(bot, person, place?.channel);
    const posted = (await saidForOn(bot, 'report', found.question.id)).find(said => said.person === person.id);
    const initial = posted?.text ?? found.draft.text;
    const check = placesToCheck(lang, initial, await draftFacts(bot, found.question));
    return {
      title: say(lang, 'weekly.edit.title'),
      action: 'edit-report',
      value,
      submit: say(lang, 'weekly.edit.submit'),
      fields: [{ name: 'text', label: paragraph(lang, [say(lang, 'weekly.edit.field'), ...check]), multiline: true, initial }],
    };
  },
  wrong({ text: sent = '' }): Record<string, Problem> {
    const wrong = whyNotOwnWords(withoutMarks(sent), 'weekly.edit.empty');
    return wrong ? { text: wrong } : {};
  },
};

/** Posts what was edited; sent again it edits the same message. Throws Refusal for a draft that is somebody else's, or gone. */
export async function postReport(bot: Bot, event: Pressed): Promise<void> {
  const found = await draftOf(bot, event.value);
  const channel = found && (await channelById(bot.db, found.question.channel));
  if (!found || !channel) throw new Refusal('weekly.edit.gone');
  const { question } = found;
  const person = await knownPerson(bot, event.person);
  if (person.id !== question.asker) {
    throw await notTheirs(bot, question);
  }
  if (!('text' in event.fields)) throw new Refusal('weekly.edit.gone');
  const wrong = editReportForm.wrong(event.fields).text;
  if (wrong) throw new Refusal(wrong.code, wrong.values);
  const lang = await langIn(bot, channel.ext);
  const [text] = await keepable({ bot, event, person }, [withoutMarks(event.fields.text).trim()]);
  const key = saidForKey({ kind: 'report', question: question.id, person: person.id });
  await post(
    bot,
    key,
    { channel: channel.ext, thread: question.thread ?? undefined },
    {
      title: say(lang, 'weekly.posted', { name: called(lang, person.name) }),
      // The first part is the person's own words: said-for.ts reads them there.
      parts: [{ markdown: text }],
    },
  );
  await renew(bot, key, channel.ext, event.person);
}

/** An example that was made of the words before is now one of these: whoever posts them approves of them. */
async function renew(bot: Bot, key: string, channel: string, person: string): Promise<void> {
  const posted = await findPost(bot.db, bot.workspace.id, key);
  const message = posted?.remoteId ? await findMessage(bot.db, bot.workspace.id, { channel, id: posted.remoteId }) : undefined;
  const example = message && (await exampleOfAnswer(bot.db, message.id));
  if (example) await lookAtExample(bot, example.id, { renewed: [person] });
}

/** What is doubtful, in words: a form shows text as it is, without marks. */
function placesToCheck(lang: Lang, text: string, facts: DraftFacts | undefined): string[] {
  const marks = facts ? marksIn(text, facts) : [];
  const places = [...new Set(marks.map(mark => say(lang, `marks.${mark.kind}.${mark.reason}`, { text: mark.text })))];
  if (places.length === 0) return [];
  const more = places.length > MOST_PLACES ? ['…'] : [];
  return [say(lang, 'weekly.edit.check', { places: [...places.slice(0, MOST_PLACES), ...more].join(say(lang, 'weekly.edit.check.and')) })];
}

/** Whoever else presses hears whose report it is. */
async function notTheirs(bot: Bot, { asker }: QuestionRow): Promise<Refusal> {
  return new Refusal('weekly.edit.not-yours', { name: (await personById(bot.db, asker))?.name ?? '?' });
}

async function draftOf(bot: Bot, value: string): Promise<{ question: QuestionRow; draft: AnswerRow } | undefined> {
  const [, id, side] = /^(\d{1,15}):(A|B|only)$/.exec(value) ?? [];
  const found = id ? await questionById(bot.db, Number(id)) : undefined;
  const ours = found?.question.workspace === bot.workspace.id && found.question.kind === 'report';
  const draft = found?.answers.find(answer => answer.side === side);
  return found && ours && draft ? { question: found.question, draft } : undefined;
}
