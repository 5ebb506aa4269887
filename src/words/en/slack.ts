// English: what the bot says about its place in Slack: at the start, in a form, and where Slack refuses something.
export const slack = {
  // at the start
  'slack.on': 'Slack: connected to {team} ({how}).',
  'slack.off':
    'Slack is off: {missing} {count|is|are} missing. docs/slack.md shows on which page each of them is; nothing else needs Slack.',
  'slack.badToken':
    'Slack refuses SLACK_BOT_TOKEN ({code}). Copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions of your app, and start again.',
  'slack.badAppToken':
    'Slack refuses SLACK_APP_TOKEN ({code}). Make an app-level token (xapp-…) with the scope connections:write under Basic Information, switch Socket Mode on, and start again.',
  'slack.missingScope':
    'The Slack app lacks a right: {scopes}. Add it under OAuth & Permissions (or update the manifest), press Reinstall to Workspace, and start again.',
  'slack.orgWide':
    'This Slack app is installed for a whole organisation (Enterprise Grid), and the bot belongs into one workspace. Install the app into that workspace, put the token of that installation into SLACK_BOT_TOKEN, and start again.',
  'slack.unreachable': 'Slack cannot be reached ({what}). Check the network, a proxy and SLACK_API_URL, and start again.',
  // while it runs
  'slack.lostToken':
    'Slack no longer takes {variable} ({code}): until that is put right I hear or say nothing there. `npm run doctor` says what to do; a new token needs a new start.',
  'slack.tooMany':
    'Ten connections of this Slack app are open already, and Slack allows no more. Stop the other programs that use its tokens.',
  'slack.lineOff': 'Socket Mode is switched off, so I hear nothing in Slack. Switch it on again in the settings of the app.',
  'slack.behind':
    'Slack: more messages were touched than it lets me look at; {waiting} wait. I work off the oldest first, and nothing is lost.',
  'slack.badSignature':
    'Somebody pushes events to the Slack address with a wrong signature, and they are refused. If it is Slack, SLACK_SIGNING_SECRET is wrong: copy it again from Basic Information of your app, and start again.',
  'slack.badClock':
    'Slack’s pushes are refused because their time is more than five minutes from the clock of this machine. Set the clock right (time synchronisation, NTP).',
  // where somebody waits
  'slack.notKept': 'I could not note that just now. If nothing happens within a minute, please try it once more.',
  'slack.formLate': 'That took me too long, and Slack opens a form only within three seconds of the press. Please press once more.',
  'slack.noForm': 'There is nothing to fill in here any more. `/finetune` shows where things stand.',
  // what an admin can change where Slack refuses something
  'slack.fix.invite': 'I am not in this channel. Type `/invite` with my name there.',
  'slack.fix.notThere': 'That person is not in this channel.',
  'slack.fix.archived': 'This channel is archived. Unarchive it, or go on in another one.',
  'slack.fix.notOurs': 'Only my own messages can be changed by me.',
  'slack.fix.editWindow': 'This workspace lets nobody change a message that old. An admin can change that in the workspace settings.',
  'slack.fix.scope': 'The Slack app lacks a right: {scopes}. Add it under OAuth & Permissions and reinstall the app.',
  'slack.fix.admin': 'A rule of this workspace forbids it. Ask an admin of the workspace to allow it for this app.',
  'slack.fix.storage': 'The workspace has no room left for files. Delete some, or upgrade the plan.',
  'slack.fix.emoji': 'There are too many reactions on that message already.',
  'slack.fix.direct': 'Slack opens no direct channel with a bot.',
  'slack.fix.unseen': 'Slack does not let me write to that person: they belong to another company, and we share no channel.',
  'slack.fix.messagesTab': 'Direct messages to the app are switched off. Switch on the Messages Tab under App Home.',
  'slack.fix.elsewhere': 'The file lies outside Slack, where I do not go. Upload it to Slack itself.',
};
