// What the bot does about an event: the table of its verbs.
import type { ChatEvent } from '../chat/chat.ts';
import { act } from './actions.ts';
import type { Asked } from './asked.ts';
import { type Bot, knownChannel, knownPerson } from './bot.ts';
import { showVersion } from './card/show-version.ts';
import { promoteVersion } from './champion/promote.ts';
import { rollbackChampion } from './champion/rollback.ts';
import { unblockVersion } from './champion/unblock.ts';
import { type Command, parseCommand } from './commands.ts';
import { chooseConsent } from './consent/choose.ts';
import { mine } from './consent/mine.ts';
import { exam } from './exam.ts';
import { exportExamples } from './examples/export-examples.ts';
import { importFile } from './examples/import-file.ts';
import { listExamples } from './examples/list-examples.ts';
import { removeExample } from './examples/remove-example.ts';
import { confirmForget } from './forget/confirm.ts';
import { missed } from './harvest/missed.ts';
import { touched } from './harvest/touched.ts';
import { help, misusedCommand, unknownCommand } from './help.ts';
import { home } from './home.ts';
import { searchVersion } from './leak-search.ts';
import { listRunsAndVersions } from './list.ts';
import { ask } from './question/ask.ts';
import { closeComparison } from './question/close.ts';
import { tryVersion } from './question/try-version.ts';
import type { Said } from './reply.ts';
import { arrived } from './rights/admin.ts';
import { appointAdmin } from './rights/appoint-admin.ts';
import { approvers } from './rights/approvers.ts';
import { claim } from './rights/claim-code.ts';
import { firstContact, firstWords } from './rights/first-contact.ts';
import { refuseWhereAbsent } from './rights/here.ts';
import { newcomer } from './rights/newcomer.ts';
import { switchOff, switchOn } from './rights/switch-learning.ts';
import { installedAgain, uninstalled } from './rights/uninstalled.ts';
import { cancelRun } from './run/cancel-run.ts';
import { startRunFor } from './run/start-run.ts';
import { setLanguage } from './set-language.ts';
import { showAudit } from './show-audit.ts';
import { status } from './status.ts';

/** Handling an event twice does no harm: every effect has a key of its own. Throws Refusal for a person's mistake. */
export async function handle(bot: Bot, event: ChatEvent): Promise<void> {
  if (event.kind === 'uninstalled') return uninstalled(bot);
  if (event.kind === 'message') return handleMessage(bot, event);
  if (event.kind === 'action') return act(bot, event);
  if (event.kind === 'touched') return touched(bot, event.ref);
  if (event.kind === 'missed') return missed(bot, event);
  if (event.kind === 'joined') await joined(bot, event);
  if (event.kind === 'met') await firstContact(bot, event.person);
}

async function joined(bot: Bot, { channel, person, by }: Extract<ChatEvent, { kind: 'joined' | 'left' }>): Promise<void> {
  if (person !== 'bot') return newcomer(bot, channel, person);
  await knownChannel(bot, channel);
  // Who takes a bot in that belongs to nobody is most likely whoever set it up.
  if (by !== undefined) await firstContact(bot, by);
}

/** Verbs whose answer everybody in the channel reads. */
const SAID_TO_ALL: ReadonlySet<Command['verb']> = new Set([
  ...(['status', 'list', 'start', 'cancel', 'off', 'close', 'approvers', 'admin', 'unadmin'] as const),
  ...(['promote', 'rollback', 'unblock', 'leaks', 'exam', 'try'] as const),
]);

async function handleMessage(bot: Bot, event: Said): Promise<void> {
  await installedAgain(bot, event.at);
  const person = await arrived(bot, await knownPerson(bot, event.person));
  const context = { bot, event, person };
  for (const file of event.files) await importFile(context, file);
  const text = event.text.trim();
  if (text === '' && event.files.length > 0) return;
  const command = parseCommand(text);
  // Who claims it knows the first step already, and is told the others.
  if (command?.verb !== 'claim') await firstWords(bot, event);
  if (!command || SAID_TO_ALL.has(command.verb)) await refuseWhereAbsent(bot, event.place.channel);
  return command ? obey(context, command) : ask(context, text);
}

function obey(context: Asked, command: Command): Promise<void> {
  switch (command.verb) {
    case 'home':
      return home(context);
    case 'start':
      return startRunFor(context, command.settings);
    case 'cancel':
      return cancelRun(context);
    case 'status':
      return status(context);
    case 'list':
      return listRunsAndVersions(context);
    case 'show':
      return showVersion(context, command.no);
    case 'try':
      return tryVersion(context, command);
    case 'close':
      return closeComparison(context);
    case 'promote':
      return promoteVersion(context, command.no);
    case 'rollback':
      return rollbackChampion(context);
    case 'unblock':
      return unblockVersion(context, command.no);
    case 'leaks':
      return searchVersion(context, command.no);
    case 'exam':
      return exam(context, command);
    case 'examples':
      return listExamples(context, command.page);
    case 'remove':
      return removeExample(context, command.no);
    case 'export':
      return exportExamples(context);
    case 'forget':
      return confirmForget(context, command.who);
    case 'mine':
      return mine(context);
    case 'optout':
      return chooseConsent(context, 'out');
    case 'optin':
      return chooseConsent(context, 'in');
    case 'on':
      return switchOn(context);
    case 'off':
      return switchOff(context);
    case 'approvers':
      return approvers(context, command.change);
    case 'admin':
      return appointAdmin(context, command.who, 'admin');
    case 'unadmin':
      return appointAdmin(context, command.who, 'member');
    case 'claim':
      return claim(context, command.code);
    case 'audit':
      return showAudit(context, command.page);
    case 'language':
      return setLanguage(context, command.lang, command.everywhere);
    case 'help':
      return help(context);
    case 'misused':
      return misusedCommand(context, command.of);
    case 'unknown':
      return unknownCommand(context, command);
  }
}
