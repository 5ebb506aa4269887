// Whether what is said in a channel is learned, in a few words for the home card.
import { adminsOf } from '../../data/people.ts';
import { codeOn, type Lang, say } from '../../words/words.ts';
import { type Bot, isLocal, knownChannel, mayTrain } from '../bot.ts';

/** Undefined in the local chat where nobody has switched anything: there everything open is learned, and nobody has to be asked. */
export async function learningHere(bot: Bot, lang: Lang, channelExt: string): Promise<string | undefined> {
  const { channel } = await knownChannel(bot, channelExt);
  if (isLocal(bot) && channel.setAt === null) return undefined;
  if (!mayTrain(bot)) return say(lang, 'gate.home.training');
  if (!isLocal(bot) && (await adminsOf(bot.db, bot.workspace.id)).length === 0) return say(lang, 'gate.home.unclaimed');
  if (channel.kind === 'private') return say(lang, codeOn(bot.chat.platform, 'gate.home.private'));
  if (channel.kind !== 'open') return say(lang, 'gate.home.never');
  if (channel.learn === 'off') return say(lang, 'gate.home.off');
  return say(lang, 'gate.home.on', { date: channel.setAt?.toISOString().slice(0, 10) ?? '' });
}
