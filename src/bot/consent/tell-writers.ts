// The first time that somebody's words are kept they hear of it, alone: by whom, what becomes of them, and how to say no.
import type { Button, Card, MessageSnapshot } from '../../chat/chat.ts';
import { toldKey } from '../../data/consent.ts';
import { findPerson, type PersonRow } from '../../data/people.ts';
import { findPost } from '../../data/posts.ts';
import { type Lang, paragraph, say } from '../../words/words.ts';
import { type Bot, isLocal } from '../bot.ts';
import { called } from '../called.ts';
import { approverIds, type Seen } from '../harvest/settle.ts';
import { langFor } from '../language.ts';
import { postTo } from '../reply.ts';
import { consentRule } from './rule.ts';

/** Everybody who wrote a part of what is kept now; whoever was told before, or has said what they want, hears nothing. */
export async function tellWriters(bot: Bot, seen: Seen): Promise<void> {
  const { answer, question, notes } = seen.talk;
  for (const [ext, writer] of seen.writers) {
    const own = [...answer, ...(question ? [question] : []), ...notes].find(({ author }) => author === ext);
    if (own && !writer.bot && writer.consent === 'unset' && writer.forgottenAt === null) await tellWriter(bot, seen, writer, own);
  }
}

async function tellWriter(bot: Bot, { channel, talk }: Seen, writer: PersonRow, own: MessageSnapshot): Promise<void> {
  const key = toldKey(writer.id);
  if (await findPost(bot.db, bot.workspace.id, key)) return;
  const lang = await langFor(bot, writer, channel.ext);
  const approvers = approverIds(talk.answer);
  const name = approvers.includes(writer.ext) ? undefined : called(lang, await nameOf(bot, approvers[0]));
  // Elsewhere a direct message, which is still there tomorrow; in the local chat a line beside what was kept is quiet enough.
  const place = isLocal(bot) ? { channel: channel.ext, thread: own.thread } : undefined;
  const recipient = { person: writer.ext, ...(place && { place }) };
  await postTo(bot, key, place ?? { channel: channel.ext }, recipient, consentCard(lang, bot, { name, link: own.permalink }));
}

/** `name`: whose ✅ it is; none where it is the writer's own. */
function consentCard(lang: Lang, bot: Bot, { name, link }: { name?: string; link: string }): Card {
  const rule = consentRule(bot);
  const button = (label: string, value: 'in' | 'out'): Button => ({ label: say(lang, label), action: 'consent', value });
  const yes = rule === 'asked' ? [{ ...button('consent.yes', 'in'), style: 'primary' as const }] : [];
  const what = name === undefined ? say(lang, 'consent.told.self', { link }) : say(lang, 'consent.told', { name, link });
  const said = [what, say(lang, `consent.told.${rule}`), say(lang, 'consent.told.more')];
  return { title: '', parts: [{ markdown: paragraph(lang, said) }, { buttons: [...yes, button('consent.no', 'out')] }] };
}

const nameOf = async (bot: Bot, ext: string): Promise<string | null | undefined> => (await findPerson(bot.db, bot.workspace.id, ext))?.name;
