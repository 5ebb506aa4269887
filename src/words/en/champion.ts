// English: who answers, the champion, what admins decide about versions.
export const champion = {
  // who may
  'admin.only': 'Only an admin can decide that: {names}.',
  'admin.nobody': 'Only an admin can decide that, and this workspace has none yet.',
  // who answers
  'standing.base': 'the base model alone',
  'standing.beside': 'the base model and v{candidate}, side by side: your votes decide',
  'standing.champion': 'v{champion}, the champion; one question in {every} here is a comparison with {against}',
  'standing.alone': 'v{champion}, the champion, alone',
  'standing.pair': '**Votes on {tuned} and {against}** (closed comparisons)',
  'standing.none': '**Votes:** none yet. They count once a comparison is closed.',
  'standing.now': '**Now:** v{no} · {state}.',
  'standing.next':
    '**Next:** ask me something. v{champion}, the champion, answers; now and then v{no} answers beside it, and your votes decide.',
  'version.because': '{state} ({why})',
  'version.candidate.champion': 'is compared with v{champion}',
  'version.why.newerVersion': 'there is a newer one',
  'version.why.replaced': 'another one became champion',
  'version.why.rolledBack': 'rolled back',
  'version.why.lost': 'the votes were against it',
  // when the votes have decided
  'champion.after.tuned': 'Shall {tuned} answer from now on? An admin decides with one press.',
  'champion.after.base':
    '{tuned} is no longer compared. More good examples and a new run (`/finetune start`) are the next step; an admin may still say `/finetune promote {tuned}`.',
  'champion.after.none':
    'More votes would not change that. An admin may decide by other reasons (`/finetune promote {tuned}`); more examples and a new run help more.',
  'champion.make': 'Make v{no} the champion',
  'champion.made.short': '{name} made v{no} the champion.',
  'champion.made': '{name} made **v{no} the champion**: from now on it answers alone.',
  'champion.every': 'One question in {every} here stays a comparison, so that you see whether that is still right.',
  'champion.never': 'There are no more comparisons in this channel.',
  'champion.undo': '`/finetune rollback` takes it back.',
  'champion.already': 'v{no} is the champion already.',
  'champion.blocked': 'v{no} is blocked: `/finetune show v{no}` says why. An admin can let it in with `/finetune unblock v{no}`.',
  'champion.quarantined': 'v{no} is quarantined: somebody whose words it learned from has taken them back. It does not speak any more.',
  'rollback.done': '{name} took v{no} back: **v{now} is the champion again**, at once.',
  'rollback.done.base': '{name} took v{no} back: **there is no champion any more**, and the base model answers again, at once.',
  'rollback.done.short': '{name} took v{no} back.',
  'rollback.offer':
    '**{against} won the last {count} comparisons with v{no}, the champion:** {scores} (the votes for v{no} first). So few of them may be chance; all votes so far:',
  'rollback.offer.then': 'Shall v{no} step back? An admin decides with one press, and then {now} answers again, at once.',
  'rollback.take': 'Take v{no} back',
  'rollback.over': 'v{no} is not the champion any more, so there is nothing to take back. `/finetune list` shows what each version does.',
  'rollback.none': 'There is no champion to take back. `/finetune list` shows what each version does.',
  // a version that is kept from comparisons
  'blocked.card': '**v{no} takes no part in comparisons.** {why}',
  'blocked.card.next': 'Adjust the run with the buttons below, or let v{no} take part all the same (admins).',
  'blocked.card.was': '**Mind this:** {why} An admin has let v{no} take part all the same.',
  'blocked.button': 'Let v{no} take part',
  'run.ended.blocked':
    '[@{name}](person:{person}) run {no} is done, but v{version} takes no part in comparisons. The message above says why, and what helps.',
  'unblock.done.candidate': '{name} let v{no} take part all the same: from now on it is compared.',
  'unblock.done.retired': '{name} let v{no} take part all the same. A newer version is there already, so it speaks only if it is promoted.',
  'unblock.not-blocked': 'v{no} is not blocked. `/finetune list` shows what each version does.',
  // commands
  'help.usage.promote': '/finetune promote v3',
  'help.usage.rollback': '/finetune rollback',
  'help.usage.unblock': '/finetune unblock v3',
  'help.about.promote': 'v3 answers from now on (admins)',
  'help.about.rollback': 'the champion steps back, whoever spoke before speaks again (admins)',
  'help.about.unblock': 'a blocked version takes part in comparisons all the same (admins)',
  'page.hint.promote': 'a version answers from now on',
  'page.hint.rollback': 'the champion steps back',
  'page.hint.unblock': 'compare a version although its card warns',
};
