// English: what the votes allow to say, what stands beside it, and why a version is kept from comparisons.
export const verdict = {
  'verdict.the-base': 'the base model',
  'verdict.tuned': '**{tuned} is preferred** to {against}: it got {wins} of the first {look} votes that took a side.',
  'verdict.base': '**{against} is preferred** to {tuned}: it got {wins} of the first {look} votes that took a side.',
  'verdict.more':
    '**About {needed} more votes** until I can compare {tuned} with {against} fairly: {decided} took a side so far, and I look at {look}.',
  'verdict.none':
    '**No difference found at this size:** {wins} of {look} votes were for {tuned}, the rest for {against}. A difference may be there, but it is small.',
  'verdict.why-looks': 'I look only at 20, 40 and 80 votes that took a side. Who looks after every vote soon finds a winner that is none.',
  'verdict.counts': '{tuned}: {tuned_votes} · {against}: {base_votes} · tie: {tie} · both bad: {bad}',
  'verdict.reasons': 'Why people chose {name}: {reasons}',
  'verdict.reason': '{reason} ({votes})',
  'verdict.length.none': 'Both answers were always equally long.',
  'verdict.length.even': 'Length made no visible difference: the longer answer got {longer} of {of} votes.',
  'verdict.length.longer':
    'Mind the length: the longer answer got {longer} of {of} votes. {tuned} had the longer one in {tuned_longer} of them.',
  'verdict.length.shorter':
    'Mind the length: the shorter answer got {shorter} of {of} votes. {tuned} had the longer one in {tuned_longer} of them.',
  // marks in a draft
  'marks.legend': '⟦…⟧⚠ stands around what I do not find in your notes, or not in that place. Please check it.',
  'marks.count': '{count} {count|place|places} to check.',
  'marks.none': 'All numbers, tickets, dates, links and names stand in your notes, as far as words can tell.',
  'marks.number.absent': 'the number {text} is not in your notes',
  'marks.number.elsewhere': 'the number {text} is in your notes, but with something else',
  'marks.date.absent': 'the date {text} is not in your notes',
  'marks.date.elsewhere': 'the date {text} is in your notes, but with something else',
  'marks.ticket.absent': 'the ticket {text} is not in your notes',
  'marks.ticket.elsewhere': 'the ticket {text} is in your notes, but with something else',
  'marks.link.absent': 'the link {text} is not in your notes',
  'marks.link.elsewhere': 'the link {text} is in your notes, but with something else',
  'marks.name.absent': 'the name {text} is not in your notes',
  'marks.name.elsewhere': 'the name {text} is in your notes, but with something else',
  // why a version does not take part in comparisons
  'blocked.diverged':
    'The training went off the rails: the loss on the examples kept aside rose from {base} to {tuned}. This version learned nothing good.',
  'blocked.forgetting':
    'It forgot too much of what the base model knows: the loss on general questions rose from {base} to {tuned}. Fewer rounds or a lower rate would help.',
  'blocked.repetition': 'It goes round in circles in {count} of {total} answers to the examples kept aside (the base model: {base}).',
  'blocked.length.long': 'Its answers are far too long: {tuned} words on average, where your team writes {reference}.',
  'blocked.length.short': 'Its answers are far too short: {tuned} words on average, where your team writes {reference}.',
  'blocked.length.empty': 'It says nothing at all in {count} of {total} answers to the examples kept aside.',
};
