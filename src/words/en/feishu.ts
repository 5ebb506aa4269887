// English: what the bot says about its place in Feishu or Lark: at the start, in a form, and where Feishu refuses something.
export const feishu = {
  // at the start
  'feishu.on': 'Feishu: connected as {name} ({how}).',
  'feishu.how.socket': 'long connection',
  'feishu.how.webhook': 'webhook, to be entered in the console as the address of events: …/feishu/events',
  'feishu.off':
    'Feishu is off: {missing} {count|is|are} missing. docs/feishu.md shows on which page each of them is; nothing else needs Feishu.',
  'feishu.badCredentials':
    'Feishu refuses FEISHU_APP_ID with FEISHU_APP_SECRET. Copy both from “Credentials & Basic Info” of your app (a Lark app needs FEISHU_DOMAIN=lark), and start again.',
  'feishu.noBot':
    'This Feishu app is no bot yet. Add the ability “Bot” in the console, publish a version of the app, let an admin approve it, and start again.',
  'feishu.unreachable': 'Feishu cannot be reached at {domain}. Check the network and FEISHU_DOMAIN, and start again.',
  'feishu.notNow': 'Feishu did not let the bot in (code {code}). docs/feishu.md says what the common codes mean.',
  'feishu.missingScopes':
    'The Feishu app lacks {count|this scope|these scopes}: {scopes}. Add {count|it|them} under “Permissions & Scopes” and publish a new version of the app: before that it does not hold.',
  // where somebody waits
  'feishu.form.sent': 'The form is here, only for you: fill it in and send it.',
  // the command in Feishu’s own list
  'feishu.command': 'Train, and see where things stand',
  // what an admin can change where Feishu refuses something
  'feishu.fix.scope':
    'The Feishu app lacks a scope; one of these is enough: {scopes}. Add it under “Permissions & Scopes” and publish a new version of the app.',
  'feishu.fix.scopes': 'The Feishu app lacks a scope: docs/feishu.md lists all of them. Add it and publish a new version of the app.',
  'feishu.fix.outside': 'I am not in this group. Add me in its settings, under “Bots”.',
  'feishu.fix.hidden': 'This group is confidential: Feishu shows nothing of it to bots.',
  'feishu.fix.foreign': 'Only my own cards can be changed by me.',
  'feishu.fix.unavailable': 'This person is outside of my availability. Widen it in the console and publish a new version of the app.',
  'feishu.fix.off': 'The bot ability is off, or the app is disabled. Switch it on in the console and publish a new version of the app.',
  'feishu.fix.forbidden': 'The settings of this group or of the company forbid it. Ask the group’s owner or an admin.',
  // where a group is private, which is the platform’s default: what its owner can do about it
  'gate.on.private.feishu':
    'This group is private, as groups are by default, and I never learn from private groups. Its owner or an admin of it can make it public (group settings → group management); then say `/finetune on` again. Or go to a group that is public.',
  'gate.home.private.feishu': 'never: this group is private (its owner can make it public: group settings → group management)',
  'harvest.no.place.private.feishu':
    'A ✅ is fine here, but this group is private, and I never learn from private groups. I can learn once its owner has made it public (group settings → group management) and an admin has said `/finetune on`.',
  'doctor.place.private.feishu':
    '{what}: “{name}” is a private group; the bot answers there and never learns. Its owner can make it public: group settings → group management.',
  'gate.on.private.lark':
    'This group is private, as groups are by default, and I never learn from private groups. Its owner or an admin of it can make it public (group settings → group management); then say `/finetune on` again. Or go to a group that is public.',
  'gate.home.private.lark': 'never: this group is private (its owner can make it public: group settings → group management)',
  'harvest.no.place.private.lark':
    'A ✅ is fine here, but this group is private, and I never learn from private groups. I can learn once its owner has made it public (group settings → group management) and an admin has said `/finetune on`.',
  'doctor.place.private.lark':
    '{what}: “{name}” is a private group; the bot answers there and never learns. Its owner can make it public: group settings → group management.',
};
