// First contact: as long as the bot belongs to nobody, whoever meets it directly is told once what the three next steps are.
// Who set it up the platforms mostly do not tell; but whoever did looks at it first, and nobody else is harmed by knowing.
import { findPost } from '../../data/posts.ts';
import { type Bot, isLocal, knownPerson } from '../bot.ts';
import { langFor } from '../language.ts';
import { postTo, type Said } from '../reply.ts';
import { isOwned } from './claim-code.ts';
import { firstSteps } from './first-steps.ts';

/** By the platform's id. Guests and bots cannot own it and are told nothing; the local chat belongs to whoever opened it. */
export async function firstContact(bot: Bot, ext: string): Promise<void> {
  if (isLocal(bot) || (await isOwned(bot))) return;
  const person = await knownPerson(bot, ext);
  if (person.guest || person.bot || person.forgottenAt !== null) return;
  const key = `welcome:${person.id}`;
  if (await findPost(bot.db, bot.workspace.id, key)) return;
  await postTo(bot, key, { channel: '' }, { person: ext }, firstSteps(bot, await langFor(bot, person)));
}

/** Something was said to the bot: where that was directly, it is a first contact too. */
export async function firstWords(bot: Bot, { person, place }: Said): Promise<void> {
  if (isLocal(bot) || (await isOwned(bot))) return;
  if ((await bot.chat.channel(place.channel)).kind === 'direct') await firstContact(bot, person);
}
