// Whether a run may be started here, by this person: what is asked before anything else.
import { Refusal } from '../../problem.ts';
import type { Wanted } from '../asked.ts';
import { knownChannel, mayTrain } from '../bot.ts';
import { refuseUnlessMay } from '../rights/may-do.ts';

/** `at`: the platform's id of the channel. Throws a Refusal. A run's message shows pieces of what it learned from, so it stands where only colleagues read. */
export async function refuseUnlessMayStart(wanted: Pick<Wanted, 'bot' | 'person'>, at: string): Promise<void> {
  const { bot } = wanted;
  await refuseUnlessMay(wanted, 'start');
  if (!mayTrain(bot)) throw new Refusal('gate.training.off');
  const { channel, shown } = await knownChannel(bot, at);
  if (channel.kind === 'external' || channel.kind === 'restricted') throw new Refusal('gate.start.place');
  if (shown.absent) throw new Refusal('gate.not-here');
}
