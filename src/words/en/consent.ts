// English: whose words are kept, what their authors may say to that, and what is shown of it.
export const consent = {
  // to an author, alone, the first time
  'consent.told': '{name} put a ✅ on this, so I keep [what you wrote]({link}) as an example.',
  'consent.told.self': 'You put a ✅ on this, so I keep [what you wrote]({link}) as part of an example.',
  'consent.told.free': 'I learn from such examples how this team writes.',
  'consent.told.told': 'I learn from such examples how this team writes. I begin with yours in 24 hours, unless you say no.',
  'consent.told.asked': 'I learn from such examples how this team writes, and from yours only if you say yes.',
  'consent.told.more':
    'This holds for whatever else of yours gets a ✅. `/finetune mine` shows what I keep, and you can change your mind at any time.',
  'consent.yes': 'Yes, learn from it',
  'consent.no': 'No thanks',
  'consent.again': 'You may learn from me',
  // what somebody chose
  'consent.out.done':
    'Done: I learn no more from what you wrote, and a ✅ on it does nothing from now on. Nobody hears that it was you. `/finetune optin` takes it back.',
  'consent.out.run.stopped': 'Run {no} had not begun to learn yet, so I stopped it: the next one goes without.',
  'consent.run':
    'Before it began to learn, some of its examples were taken back, so I stopped it. `/finetune start` begins anew without them.',
  'consent.out.run': 'Run {no}, which is going on now, was given some of it before.',
  'consent.out.learned':
    '{versions} learned from some of it before and cannot unlearn it. If that has to end, too: `/finetune forget me` takes those versions out of use and erases your texts.',
  'consent.in.done':
    'Thank you. I may learn from what you wrote wherever it has a ✅ from somebody who may give one. `/finetune optout` takes it back.',
  // at a start
  'consent.waiting':
    'Nothing to train on yet: {ready} {ready|example is|examples are} ready and {needed} are needed. {waiting} more {waiting|waits|wait} for the people who wrote them: I only learn from somebody’s words once they could say no.',
  'consent.left-out':
    '{waiting} {waiting|example is|examples are} not in this run: not everybody who wrote {waiting|it|them} has had the time to say no, or has said yes. A later run takes {waiting|it|them}.',
  'consent.export':
    'Nothing to export yet: {waiting} {waiting|example waits|examples wait} until everybody who wrote {waiting|it|them} could say no.',
  'consent.export.left-out':
    '{waiting} {waiting|example is|examples are} not among them: not everybody who wrote {waiting|it|them} has had the time to say no, or has said yes.',
  'consent.changed': 'The examples changed at this very moment. Please start once more.',
  // what is held about somebody
  'mine.title': 'What I keep of you',
  'mine.consent.unset': 'You have not told me whether I may learn from what you wrote.',
  'mine.consent.in': 'You said that I may learn from what you wrote.',
  'mine.consent.out': 'You said that I may not learn from what you wrote, and I do not.',
  'mine.questions': 'Questions to me whose text I still have',
  'mine.votes': 'Votes',
  'mine.approvals': 'Your ✅ on examples',
  'mine.none': 'No example holds a word of yours.',
  'mine.examples': 'Examples with your words ({total}), the newest first:',
  'mine.more': 'and {more} older {more|one|ones}',
  'mine.part.question': 'your question',
  'mine.part.answer': 'your answer',
  'mine.part.report': 'your weekly report',
  'mine.part.request': 'your request for it',
  'mine.part.notes': 'your notes',
  'mine.part.file': 'from a file of yours',
  'mine.learned': 'learned by {versions}',
  'mine.unlearned': 'learned by no version',
  // forgetting somebody: before
  'mine.forget': 'Forget me',
  'forget.title.me': 'Forget you for good?',
  'forget.title.other': 'Forget {name} for good?',
  'forget.will': 'This cannot be undone. It will',
  'forget.will.examples':
    'erase {examples} {examples|example|examples} that {examples|holds|hold} words of this person, with every earlier text',
  'forget.will.files': 'among them {rows} {rows|row|rows} of files that this person brought',
  'forget.will.questions': 'erase what this person asked me ({questions}) and what I answered',
  'forget.will.posts': 'take this person’s words and name out of my own messages',
  'forget.will.versions': 'put {versions} out of use for good, because they learned from it, and delete their files',
  'forget.will.no-versions': 'leave all versions as they are: none of them learned from it',
  'forget.will.champion': 'let the version before answer again, or the base',
  'forget.will.run': 'stop run {no}, which was given some of it',
  'forget.limits':
    'What I cannot reach: backups of the database, messages of mine so old that I no longer have their text, files that somebody exported or downloaded, what others quoted in their own words, what I have shown to one person alone, and the database’s own log until it is used again. The messages themselves stay in the chat: they are not mine to delete.',
  'forget.yes': 'Forget for good',
  'forget.no': 'Leave everything',
  'forget.kept': 'Nothing was changed.',
  'forget.already': 'This person is forgotten already.',
  'forget.bot': 'A bot needs no forgetting: I keep nothing of bots.',
  'forget.owner': 'Only the owner can have the owner forgotten.',
  // after
  'forget.done.me': 'Done: I have forgotten you. Should you ever want me to learn from you again: `/finetune optin`.',
  'forget.done.other': 'Done: this person is forgotten.',
  'forget.done.versions': 'Out of use for good: {versions}.',
  'forget.done.run': 'Run {no} was stopped.',
  'forget.post': 'Something stood here that I was asked to forget.',
  'forget.question': 'whoever asked it was forgotten',
  'retrain.why': 'Somebody’s words were forgotten, as they or an admin asked.',
  'retrain.versions': '{versions} had learned from them, and so cannot be used any more.',
  'retrain.run': 'Run {no} was given some of them, so it was stopped.',
  'retrain.base': 'Until there is a new version, the base model answers.',
  'retrain.before': 'v{no} answers again.',
  'retrain.next': '{total} {total|example is|examples are} left to learn from.',
  'without.why': 'Some examples may not be learned any more: somebody who wrote them took that back.',
  'without.versions': '{versions} learned from them before; I leave that as it is. A new run would go without.',
  'without.run': 'Run {no} is learning from them right now and goes on. Cancel it if you would rather train without them.',
  'retrain.start': 'Train without them',
  'version.why.forgotten': 'it had learned from somebody who was forgotten',
  // the operator’s choice
  'config.consent':
    '{name} is “{got}”: expected ask (wait for each author’s yes); leave it out for a word to the author and a day to say no.',
  // help
  'help.usage.mine': '/finetune mine',
  'help.about.mine': 'what I keep of you, and which versions learned it',
  'help.usage.optout': '/finetune optout',
  'help.about.optout': 'learn nothing from what I write',
  'help.usage.optin': '/finetune optin',
  'help.about.optin': 'you may learn from what I write',
  'help.usage.forget': '/finetune forget me',
  'help.about.forget': 'erase your words for good, and as an admin somebody else’s (forget @Name); I ask first',
  'page.hint.forget': 'erase my words for good; asks first',
  'page.hint.mine': 'what I keep of you',
  'page.hint.optout': 'nothing of yours is learned',
  'page.hint.optin': 'what you write may be learned',
};
