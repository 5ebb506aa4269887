// The chat on our own page: a room in the folder of data, and a desk for whoever opens the page.
import { join } from 'node:path';
import { curveWords } from '../bot/run/curve.ts';
import { drawCurve } from '../bot/run/draw-curve.ts';
import { openDesk } from '../chat/local/desk.ts';
import { openJournal } from '../chat/local/journal.ts';
import { openLocalChat } from '../chat/local/local.ts';
import { openRoom } from '../chat/local/room.ts';
import type { Opener } from '../places.ts';
import { say } from '../words/words.ts';

export const openLocalPlace: Opener = async ({ localChat, dataDir, lang }, log) => {
  if (!localChat) return undefined;
  const room = await openRoom(await openJournal(join(dataDir, 'local-chat')), {
    bot: 'apprentice',
    channel: say(lang, 'bot.channel'),
    people: [say(lang, 'bot.first-person')],
    commands: ['finetune'],
  });
  return {
    chat: openLocalChat(room, { onProblem: err => log.error({ err }, 'event not kept') }),
    web: { desk: openDesk(room), draw: (curve, reader, look) => drawCurve(curve, curveWords(reader), look) },
    close: room.close,
  };
};
