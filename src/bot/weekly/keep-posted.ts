// A report that its author has posted becomes an example as soon as it stands in the chat; the author alone hears what became of it.
import { chatExample, exampleOfAnswer } from '../../data/chat-examples.ts';
import { findMessage } from '../../data/messages.ts';
import { personById } from '../../data/people.ts';
import { type PostedReport, reportsToLookAt, toldOfReport } from '../../data/posted-reports.ts';
import { say } from '../../words/words.ts';
import { type Bot, knownChannel } from '../bot.ts';
import { look } from '../harvest/look.ts';
import { tellOnce } from '../harvest/tell.ts';
import { sentence } from '../reply.ts';
import { saidForAt } from '../said-for.ts';

/** Safe to be called again and again: each posted report is looked at until its author has been told. */
export async function keepPostedReports(bot: Bot): Promise<void> {
  for (const report of await reportsToLookAt(bot.db, bot.workspace.id)) {
    await keep(bot, report).catch(problem => bot.report(problem, 'keeping a report'));
  }
}

async function keep(bot: Bot, { key, channel: ext, thread, id }: PostedReport): Promise<void> {
  const ref = { channel: ext, id };
  const { channel } = await knownChannel(bot, ext);
  const learns = channel.kind === 'open' && channel.learn === 'on';
  if (learns) await look(bot, ref);
  const message = learns ? await findMessage(bot.db, bot.workspace.id, ref) : undefined;
  const made = message && (await exampleOfAnswer(bot.db, message.id));
  const example = made && (await chatExample(bot.db, made.id));
  const said = await saidForAt(bot, ref);
  const author = said && (await personById(bot.db, said.person));
  if (!author) return;
  const outcome = !learns ? 'weekly.told.not-here' : example?.state === 'approved' ? 'weekly.told.kept' : 'weekly.told.not-kept';
  const place = { channel: ext, ...(thread !== null && { thread }) };
  await tellOnce(bot, toldOfReport(key), author, place, lang => sentence(say(lang, outcome, { no: example?.no ?? 0 })));
}
