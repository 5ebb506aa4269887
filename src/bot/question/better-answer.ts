// [Better answer]: somebody writes what the answer should have been. It is posted under their name, and a colleague's ✅ makes it an example.
import type { Form } from '../../chat/chat.ts';
import { channelById } from '../../data/channels.ts';
import { markTouched } from '../../data/messages.ts';
import { findPerson } from '../../data/people.ts';
import { findPost } from '../../data/posts.ts';
import { questionById } from '../../data/questions.ts';
import { voteOf } from '../../data/votes.ts';
import { type Problem, Refusal } from '../../problem.ts';
import { say } from '../../words/words.ts';
import { type Bot, knownPerson } from '../bot.ts';
import { called } from '../called.ts';
import { keepable, whyNotOwnWords } from '../examples/keepable.ts';
import type { FormKind } from '../forms.ts';
import { langFor, langIn } from '../language.ts';
import { idOf, type Pressed, post } from '../reply.ts';
import { saidForKey, saidForOn } from '../said-for.ts';

export const betterAnswerForm: FormKind = {
  async open(bot, { person: ext, place, value }) {
    const found = await answered(bot, value);
    if (!found) return undefined;
    const person = await findPerson(bot.db, bot.workspace.id, ext);
    const lang = await langFor(bot, person, place?.channel);
    const initial = person && (await startingText(bot, found, person.id));
    const field = { name: 'text', label: say(lang, 'better.field'), multiline: true, ...(initial && { initial }) };
    const form: Form = {
      title: say(lang, 'better.title'),
      action: 'better-answer',
      value,
      submit: say(lang, 'better.submit'),
      fields: [field],
    };
    return form;
  },
  wrong({ text = '' }): Record<string, Problem> {
    const wrong = whyNotOwnWords(text, 'better.empty');
    return wrong ? { text: wrong } : {};
  },
};

/** Posts what was written; sent again it edits the same message. Throws Refusal for a question that has no answers. */
export async function postBetterAnswer(bot: Bot, event: Pressed): Promise<void> {
  const found = await answered(bot, event.value);
  const channel = found && (await channelById(bot.db, found.question.channel));
  if (!found || !channel) throw new Refusal('better.gone');
  const wrong = betterAnswerForm.wrong(event.fields).text;
  if (wrong) throw new Refusal(wrong.code, wrong.values);
  const person = await knownPerson(bot, event.person);
  const lang = await langIn(bot, channel.ext);
  const [text] = await keepable({ bot, event, person }, [event.fields.text.trim()]);
  const key = saidForKey({ kind: 'better', question: found.question.id, person: person.id });
  await post(
    bot,
    key,
    { channel: channel.ext, thread: found.question.thread ?? undefined },
    {
      title: say(lang, 'better.posted', { name: called(lang, person.name) }),
      // The first part is the person's own words: said-for.ts reads them there.
      parts: [{ markdown: text }, { markdown: say(lang, 'better.note') }],
    },
  );
  const said = await findPost(bot.db, bot.workspace.id, key);
  // No chat tells us of our own edits: an example that was made of the words before has to be looked at.
  if (said?.remoteId) await markTouched(bot.db, bot.workspace.id, { channel: channel.ext, id: said.remoteId });
}

type Answered = NonNullable<Awaited<ReturnType<typeof questionById>>>;

async function answered(bot: Bot, value: string): Promise<Answered | undefined> {
  const found = await questionById(bot.db, idOf(value));
  const ours = found?.question.workspace === bot.workspace.id && found.question.kind === 'qa';
  return found && ours && found.answers.length > 0 ? found : undefined;
}

/** What the person wrote before, else the answer that they preferred; empty where they have not said. */
async function startingText(bot: Bot, { question, answers }: Answered, person: number): Promise<string | undefined> {
  const earlier = (await saidForOn(bot, 'better', question.id)).find(said => said.person === person);
  if (earlier) return earlier.text;
  if (answers.length === 1) return answers[0].text;
  const vote = await voteOf(bot.db, question.id, person);
  return answers.find(({ side }) => side === vote?.now)?.text;
}
