// English: Slack's face.
export const slackFace = {
  // what stands in a message instead of what does not fit
  'slackFace.more': '… The whole text is in the thread.',
  'slackFace.more.below': '… The whole text is in the next message.',
  'slackFace.all': 'What did not fit here is in the thread.',
  'slackFace.all.below': 'What did not fit here is in the next message.',
  'slackFace.file': '📎 {name}',
  // forms
  'slackFace.loading.title': 'One moment',
  'slackFace.loading': 'The form is on its way …',
  'slackFace.close': 'Close',
  'slackFace.cancel': 'Cancel',
  'slackFace.label.part': '{label} (part {n} of {total})',
  // the app, as Slack shows it: 140 characters
  'slackFace.app': 'Learns from the answers and weekly reports that your team approves with ✅, and answers in your team’s way.',
  'slackFace.command': 'Where things stand, and what can be done next',
};
