// `/finetune language [workspace] en|zh`: in which language the bot speaks in this channel, or wherever no channel has one of its own.
import { recordAudit } from '../data/audit.ts';
import { setChannelLang } from '../data/channels.ts';
import { setWorkspaceLang } from '../data/workspaces.ts';
import { type Lang, paragraph, say } from '../words/words.ts';
import type { Asked } from './asked.ts';
import { knownChannel } from './bot.ts';
import { called } from './called.ts';
import { post, sentence } from './reply.ts';
import { refuseUnlessMay } from './rights/may-do.ts';

/** Everybody in the channel sees who changed it, in the new language. Throws Refusal for who may not change it everywhere. */
export async function setLanguage(asked: Asked, lang: Lang, everywhere: boolean): Promise<void> {
  const { bot, event, person } = asked;
  const { db, workspace } = bot;
  if (everywhere) {
    await refuseUnlessMay(asked, 'language-everywhere');
    await setWorkspaceLang(db, workspace.id, lang);
    workspace.lang = lang;
  } else {
    const { channel } = await knownChannel(bot, event.place.channel);
    await setChannelLang(db, channel.id, lang);
  }
  await recordAudit(db, {
    workspace: workspace.id,
    actor: person.ext,
    verb: 'language',
    object: everywhere ? 'workspace' : `channel ${event.place.channel}`,
    detail: { lang },
  });
  const name = called(lang, person.name);
  const said = say(lang, everywhere ? 'language.workspace' : 'language.channel', { name });
  await post(bot, `language:${event.key}`, event.place, sentence(paragraph(lang, [said, say(lang, 'language.own')])));
}
