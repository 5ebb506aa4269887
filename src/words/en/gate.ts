// English: the safety floor: where I learn, who may do what, who approves, and what was done.
export const gate = {
  // learning in a channel
  'gate.on.done': '**{name} has switched on learning in this channel.** It holds from now on: nothing that was written before counts.',
  'gate.on.back': '{count} examples that were kept here before learning was switched off count again as soon as I have looked at them.',
  'gate.on.already': 'Learning is on in this channel already. `/finetune off` switches it off.',
  'gate.on.guests': 'I cannot learn in this channel, because guests can read it. Take it to a channel that only colleagues can read.',
  'gate.on.private': 'I never learn from private channels. Take it to an open channel, where everybody can see what I learn.',
  'gate.on.direct': 'I never learn from direct messages. Say `/finetune on` in the open channel where I shall learn.',
  'gate.on.external': 'I never learn from channels that are shared with another company. Take it to an open channel of your own.',
  'gate.on.restricted': 'I never learn from channels with restricted access. Take it to an open channel.',
  'gate.off.done': '**{name} has switched off learning in this channel.** Nothing that is said here is kept any more.',
  'gate.off.gone':
    '{count} examples from here no longer count; versions that learned from them stay as they are. `/finetune on` brings them back.',
  'gate.off.already': 'Learning is off in this channel already. An admin can switch it on with `/finetune on`.',
  'gate.learned':
    'What I learn: an answer or weekly report on which a colleague puts a ✅, with the question or the notes behind it. I train a language model of this team’s own on it. Everything else that is said here I neither keep nor learn.',
  'gate.opt-out':
    'You decide about your own words: `/finetune optout` and nothing of yours is learned, `/finetune mine` shows what I hold about you.',
  'gate.newcomer': '**Welcome! In this channel I learn from approved answers.** Only you see this, and only once.',
  'gate.training.off':
    'I only answer here and learn nothing: whoever runs me has not allowed training. The setting is TRAINING_ALLOWED, and the README says what to think about before.',
  'gate.start.place':
    'Not here: a run’s message shows pieces of what I learned, and people from outside read this channel. Start it in a channel of your own.',
  // on the home card
  'gate.home': 'Learning here',
  'gate.home.training': 'not allowed: I answer and keep nothing (TRAINING_ALLOWED is not set)',
  'gate.home.unclaimed': 'I have no owner yet: the terminal in which I was started shows a claim code',
  'gate.home.never': 'never in this kind of channel',
  'gate.home.off': 'off; an admin can say `/finetune on`',
  'gate.home.on': 'on since {date}',
  // who may
  'gate.owner-only': 'Only the owner can decide that.',
  'gate.no-guests': 'Guests cannot do that.',
  'gate.person.unknown': 'I know nobody called {name} here. Mention the person, so that I cannot mistake them.',
  'gate.person.several': 'There are several people called {name} here. Mention the one you mean.',
  'admin.made': '{by} has made **{name}** an admin: {name} may start and stop runs, switch learning on and off, and set who approves.',
  'admin.unmade': '{by} has taken back that **{name}** is an admin.',
  'admin.is': '{name} is an admin already.',
  'admin.is-not': '{name} is no admin.',
  'admin.owner': '{name} is the owner and stays so.',
  'admin.guest': '{name} is a guest or a bot and cannot be an admin.',
  // the claim code
  'claim.printed': 'The bot has no owner yet. Whoever sends it this becomes the owner:  /finetune claim {code}',
  'claim.done':
    'You are the owner now. Next: `/finetune on` in the channel where I shall learn, and `/finetune admin @Name` for whoever decides with you.',
  'claim.wrong': 'That is not the code. It stands in the terminal in which I was started.',
  'claim.owned': 'There is an owner already, so there is nothing to claim.',
  // who approves
  'gate.approvers.anyone': 'Everybody here but guests approves.',
  'gate.approvers.admins': 'Only admins approve.',
  'gate.approvers.listed': 'Only these people approve: {names}.',
  'gate.approvers.nobody': 'nobody',
  'gate.approvers.one': 'One ✅ makes an example.',
  'gate.approvers.several': 'It takes {needed} ✅ to make an example.',
  'gate.approvers.own': 'One’s own ✅ counts.',
  'gate.approvers.not-own': 'One’s own ✅ does not count.',
  'gate.approvers.how':
    'Admins change it: `/finetune approvers anyone`, `approvers admins`, `approvers @Ann, @Ben`, `approvers needed 2`, `approvers own yes`.',
  'gate.approvers.set': '{name} has changed who approves in this channel.',
  'gate.approvers.from-now': 'It holds for every ✅ from now on; those that stand were judged when they were given.',
  'gate.approvers.at-once': 'It holds at once: examples with fewer ✅ wait for more.',
  'gate.approvers.guest': '{name} is a guest or a bot, and those do not approve.',
  // the audit
  'audit.title': 'Who did what · page {page} of {pages}',
  'audit.none': 'Nobody has changed anything yet.',
  'audit.no-page': 'There is no page {page}: there are {pages} of them, twenty entries each.',
  // who it was, where it is no person’s name
  'audit.author': 'an author',
  'audit.chat': 'a change in the chat',
  'audit.forgotten': 'somebody who was forgotten',
  'audit.line': '- {when} · {name} · {what}',
  // commands
  'help.usage.on': '/finetune on',
  'help.usage.off': '/finetune off',
  'help.usage.approvers': '/finetune approvers admins',
  'help.usage.admin': '/finetune admin @Ann',
  'help.usage.unadmin': '/finetune unadmin @Ann',
  'help.usage.claim': '/finetune claim 7KQ2M-X9PDT',
  'help.usage.audit': '/finetune audit [page]',
  'help.about.on': 'learn in this channel from now on (admins)',
  'help.about.off': 'learn nothing more in this channel (admins)',
  'help.about.approvers': 'who approves here: `anyone`, `admins`, `@names`, `needed 2`, `own yes`; alone it shows the rule',
  'help.about.admin': 'Ann decides, too (owner)',
  'help.about.unadmin': 'Ann no longer decides (owner)',
  'help.about.claim': 'become the owner, with the code from the terminal',
  'help.about.audit': 'who did what to examples, runs and versions (admins)',
  'page.hint.on': 'learn in this channel from now on',
  'page.hint.off': 'learn nothing more in this channel',
  'page.hint.approvers': 'whose ✅ counts in this channel',
  'page.hint.admin': 'somebody decides with you',
  'page.hint.unadmin': 'somebody no longer decides',
  'page.hint.audit': 'who did what',
};
