// Somebody joins a channel in which people have switched learning on: they are told once, and only they see it.
import { listedApprovers } from '../../data/learning.ts';
import { say } from '../../words/words.ts';
import { type Bot, knownChannel, knownPerson } from '../bot.ts';
import { tellOnce } from '../harvest/tell.ts';
import { sentence } from '../reply.ts';
import { whatIsLearned } from './switch-learning.ts';

/** By the platform's ids. In the local chat nobody has to switch it on, and nobody is told: there a line says so at the first ✅. */
export async function newcomer(bot: Bot, channelExt: string, personExt: string): Promise<void> {
  const { channel } = await knownChannel(bot, channelExt);
  if (channel.learn !== 'on' || channel.kind !== 'open' || channel.setAt === null) return;
  const person = await knownPerson(bot, personExt);
  const listed = await listedApprovers(bot.db, channel.id);
  await tellOnce(bot, `newcomer:${channel.id}:${person.id}`, person, { channel: channelExt }, lang =>
    sentence([say(lang, 'gate.newcomer'), whatIsLearned(lang, channel, listed)].join('\n')),
  );
}
