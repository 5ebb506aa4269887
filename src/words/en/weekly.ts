// English: weekly reports, from the notes to the posted report.
export const weekly = {
  // where the notes come from; only the asker reads it
  'weekly.nothing-found':
    'I found nothing that you wrote this week in the channels where I learn, so I need your notes: say `weekly report` once more, with three notes on the lines below it. I add nothing of my own.',
  'weekly.list':
    'You gave me no notes, so here is what you wrote this week in the channels where I learn: {count} {count|message|messages}. Untick what does not belong in the report.',
  'weekly.list.more': 'These are the newest; {more} {more|older one does|older ones do} not stand here.',
  'weekly.list.links': '#{channel}: {links}',
  'weekly.list.write': 'Write it',
  'weekly.list.cancel': 'Cancel',
  'weekly.list.old': 'This list is too old. Ask me for a weekly report again.',
  'weekly.list.answered': 'This list has been answered already. Ask me for a weekly report again.',
  'weekly.list.nothing-ticked': 'Nothing is ticked, so there is nothing to write from. Tick at least one message.',
  'weekly.list.all-gone': 'None of these messages can be used any more: they were deleted, or I may not read their channel now.',
  'weekly.request-gone': 'I do not find your request any more. Ask me for a weekly report again.',
  'weekly.writing': 'I am writing a draft from {count} {count|message|messages}. It comes in the thread of your request.',
  'weekly.writing.left-out': 'The last {count} {count|was|were} left out: all of them together are too long.',
  'weekly.cancelled': 'Then I write nothing, and the list is gone.',
  // in the draft and around it
  'weekly.note.free': 'Written by the model alone: it has not learned your team’s form yet. Check it against your notes below.',
  'weekly.anything': 'Anything on {section}?',
  'weekly.left-out': 'Your notes are longer than this model can read at once: the last {lines} {lines|line was|lines were} left out.',
  'weekly.notes.left-out': 'Left out, because it did not fit:',
  'weekly.edit': 'Edit',
  'weekly.edit.side': 'Edit {side}',
  // the form to edit a draft
  'weekly.edit.title': 'Your weekly report',
  'weekly.edit.field': 'Correct it until it is right. It is posted in the thread under your name.',
  'weekly.edit.check': 'To check: {places}.',
  'weekly.edit.check.and': '; ',
  'weekly.edit.submit': 'Post it',
  'weekly.edit.empty': 'Please write the report.',
  'weekly.edit.gone': 'I do not find this draft any more. Ask me for a weekly report again.',
  'weekly.edit.not-yours': 'Only {name}, whose report this is, can edit and post it.',
  'weekly.posted': 'Weekly report by {name}',
  // what its author hears once it is posted
  'weekly.told.kept':
    'Your report is posted. I keep it, with its notes, as example {no} of how you want it. `/finetune remove {no}` takes that back.',
  'weekly.told.not-kept': 'Your report is posted. I do not learn from it for now.',
  'weekly.told.not-here': 'Your report is posted. I do not learn from it: this is no channel where I learn.',
  'weekly.list.hidden': '(a secret that I do not show)',
};
