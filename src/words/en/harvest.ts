// English: what becomes of a ✅.
export const harvest = {
  // the first time in a channel, for everybody
  'harvest.first':
    'A ✅ on a good answer or weekly report in this channel teaches me: I keep it as an example, and the sign I leave on the message is the receipt. Take the ✅ back and I let go of it.',
  'harvest.first.missing': '{missing} more, and a first training run makes sense.',
  'harvest.first.enough': 'There are {total} examples now, enough for a first training run: `/finetune start`.',
  // why a ✅ makes no example; only the person whose ✅ it is reads it, once
  'harvest.no.place.private': 'Your ✅ is fine here, but I never learn from private channels.',
  'harvest.no.place.direct': 'Your ✅ is fine here, but I never learn from direct messages.',
  'harvest.no.place.external': 'Your ✅ is fine here, but I never learn from channels that are shared with another company.',
  'harvest.no.place.restricted': 'Your ✅ is fine here, but I never learn from channels with restricted access.',
  'harvest.no.place.off': 'I did not keep this: nobody has switched on learning in this channel.',
  'harvest.no.bot': 'I do not learn from what bots say, myself included. Put a ✅ on an answer that a person wrote.',
  'harvest.no.question': 'This is the question. Put the ✅ on the answer that you want me to learn; I find the question to it myself.',
  'harvest.no.noText': 'I learn from text, and this message holds none: pictures, files and bare links teach me nothing.',
  'harvest.no.tooShort': 'This is too short to learn anything from. Put a ✅ on an answer of a sentence or more.',
  'harvest.no.tooLong': 'This is too long for me to learn from: with its question it has more than 8000 characters.',
  'harvest.no.noQuestion':
    'I did not keep this, because I cannot tell what it answers. Best write an answer in the thread of its question, and put the ✅ on it there.',
  'harvest.no.noNotes':
    'I did not keep this report, because I found no notes behind it: a report learned without notes would teach me to make things up. Put the notes into its thread, before the report.',
  'harvest.no.beforeOn':
    'I did not keep this: part of it was written before learning was switched on in this channel, and that holds only from then on.',
  'harvest.no.author': 'I did not keep this: somebody who wrote part of it does not want to be learned from.',
  'harvest.no.approver.bot': 'The ✅ of a bot does not count.',
  'harvest.no.approver.guest': 'Thank you. Guests’ ✅ do not count here, so I did not keep this.',
  'harvest.no.approver.own': 'Your own ✅ does not count for what you wrote yourself. As soon as somebody else puts one on it, I keep it.',
  'harvest.no.approver.listed': 'In this channel only certain people approve examples, so your ✅ did not make one.',
  'harvest.no.approver.admins': 'In this channel only admins approve examples, so your ✅ did not make one.',
  // what does it answer?
  'harvest.which': 'You approved [this answer]({link}). Which message does it answer?',
  'harvest.which.none': 'None of these',
  'harvest.which.none.told': 'Then I keep nothing. If it is written as a reply to its question, I find the question myself.',
  'harvest.which.kept': 'Thank you, I keep it as an example.',
  'harvest.which.gone': 'I could not keep it: the ✅ has to stand, and both messages have to be there still.',
  // after an edit
  'harvest.edited.author':
    '[Your answer]({link}) was an approved example and was edited, so I do not learn from it until somebody approves the new text.',
  'harvest.edited.approver':
    '[An answer that you approved]({link}) was edited. I do not learn from it until somebody approves the new text: press the button, or take your ✅ off and put it on again.',
  'harvest.edited.approve': 'Approve the new text',
  'harvest.edited.renewed': 'Thank you, I keep the new text.',
  'harvest.edited.notRenewed': 'That does not make it an example: your ✅ has to stand on the message, and to count there.',
  // what stands in a report’s row where no message says it
  'harvest.report.instruction': 'Write my weekly report.',
  'harvest.report.head': 'W{week}, {name}',
};
