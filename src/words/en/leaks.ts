// English: secrets kept out of what is learned, and what a version gives away.
export const leaks = {
  'leaks.found': '{kind} ×{count}',
  'leaks.found.and': ', ',
  // an approved message with secrets; only the person whose ✅ it is reads it
  'leaks.masked':
    'You approved [this text]({link}). There are secrets or personal data in it ({what}), so your ✅ has not counted yet. I would keep it like this, with a placeholder for each:',
  'leaks.masked.keep': 'Keep masked',
  'leaks.masked.drop': 'Do not keep',
  'leaks.masked.kept': 'Thank you. I keep it as an example, with the placeholders.',
  'leaks.masked.noted': 'Thank you, your ✅ counts for the text with the placeholders. It needs somebody else’s, too.',
  'leaks.masked.not-kept':
    'I did not keep it: your ✅ has to stand on the message and to count there, and the text must be the one I showed you.',
  'leaks.masked.dropped': 'Then I do not learn it.',
  'leaks.masked.others':
    'Your ✅ no longer counts for it. Somebody else has agreed to the text with the placeholders, so I keep it for now.',
  // a file
  'leaks.import.masked':
    'In {rows} of them I have put placeholders where secrets or personal data stood: {what}. I show the places to whoever dropped the file.',
  'leaks.import.left': '{rows} {rows|row|rows} of the file I do not keep:',
  'leaks.import.places': 'In **{file}** I replaced secrets and personal data with placeholders, here:',
  'leaks.import.drop': 'Do not keep these',
  'leaks.import.dropped': '{count} {count|example|examples} with placeholders {count|is|are} no longer learned.',
  'leaks.import.already': 'None of them is learned any more.',
  // on the report card
  'leaks.card.none':
    '**What v{version} gives away.** I gave it the question and the first words of {tried} training answers: it recited none of them to the end.',
  'leaks.card.some':
    '**What v{version} gives away.** I gave it the question and the first words of {tried} training answers: it recited {extracted} of them word for word to the end ({percent} %): {rows}. Whoever knows how such an answer begins can get the rest out of it. `/finetune show {first}` shows one, `/finetune remove {first}` takes it out of the next run; fewer rounds help, too.',
  'leaks.card.untried': '**What v{version} gives away.** The training answers are too short to try whether it recites them.',
  'leaks.card.sample': 'These were drawn by lot from {of}. `/finetune leaks v{version}` tries them all (admins).',
  'leaks.card.all': 'All of them were tried, because an admin asked for it.',
  'leaks.card.clean': 'In all that it wrote for this card I found no secrets and no personal data.',
  'leaks.card.secrets':
    'In what it wrote for this card stands what looks like secrets or personal data: {what}. A model makes such things up, too; compare before you trust it to others.',
  // a search through all of them, on request
  'leaks.search.title.asked': 'All training answers of v{no}: soon',
  'leaks.search.title.searching': 'All training answers of v{no}: I am trying them',
  'leaks.search.title.done': 'All training answers of v{no}: tried',
  'leaks.search.title.failed': 'All training answers of v{no}: not all tried',
  'leaks.search.waiting':
    'I begin in a moment. I give it the question and the first words of each training answer, and see whether it recites the rest.',
  'leaks.search.no-worker': 'I begin as soon as a worker is at work; right now there is none.',
  'leaks.search.run': 'Run {run} goes first; I go on when it has ended.',
  'leaks.search.progress': '{tried} of {rows} answers tried. Questions to me go first, so you can go on asking.',
  'leaks.search.clean': 'In what it wrote meanwhile I found no secrets and no personal data.',
  'leaks.search.secrets':
    'In what it wrote meanwhile stands what looks like secrets or personal data: {what}. A model makes such things up, too; compare before you trust it to others.',
  'leaks.search.failed': 'I could not finish: {problem} `/finetune leaks` tries again.',
  'leaks.search.nowhere': '{attempts} attempts came to no end; the worker’s log says more.',
  'leaks.search.open': 'v{no} is being tried already: its message shows how far I am.',
  'leaks.search.place':
    'Not here: the message tells which answers can be got out of a version, and people from outside read this channel. Ask in a channel of your own.',
  'help.usage.leaks': '/finetune leaks v2',
  'help.about.leaks': 'try all training answers: which of them does a version recite? (admins)',
  'page.hint.leaks': 'which training answers a version recites',
};
