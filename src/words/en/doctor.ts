// English: what `npm run doctor` finds: one line a check, and where something is wrong, what to do.
export const doctor = {
  'doctor.all-well': 'All is well.',
  'doctor.ill': '{count} {count|thing needs|things need} your hand: see the {count|line|lines} with ✗.',
  'doctor.broken': 'The doctor itself broke down ({name}). That is a bug: please report it with what stands above.',
  'doctor.place.what': 'What shall I try in “{id}”? Slack channels look like C0123ABCD, Feishu groups like oc_0123….',
  'doctor.place.off.slack': '“{id}” is a Slack channel, but Slack is not set up: docs/slack.md shows how to begin.',
  'doctor.place.off.feishu': '“{id}” is a Feishu group, but Feishu is not set up: docs/feishu.md shows how to begin.',
  // this machine
  'doctor.local': 'Local chat: on; it needs nothing. `npm start` says its address.',
  'doctor.database': 'Postgres: version {major} at {host}.',
  'doctor.database.asleep': 'Postgres: the bundled one is not running now, and so neither bot nor worker is; `npm start` starts them all.',
  'doctor.database.empty': 'Postgres: our tables are not there yet; the first `npm start` makes them.',
  'doctor.worker': 'Worker: alive on {hosts}.',
  'doctor.worker.none':
    'Worker: none has been heard of in the last 20 seconds, so nobody trains or answers. Start one with `npm start`, or look into worker.log in the data folder.',
  'doctor.redis': 'Redis: it answers at {host}.',
  'doctor.redis.unset': 'Redis: not set, and not needed: jobs lie in Postgres.',
  'doctor.model': 'Base model: {folder}.',
  'doctor.model.later': 'Base model: not fetched yet; the worker fetches it at its first start (the default one has 93 MB).',
  'doctor.model.gone': 'Base model: BASE_MODEL names {folder}, and nothing is there. Correct the path, or leave BASE_MODEL out.',
  'doctor.model.elsewhere': 'Answers: {url} writes them (ANSWER_URL); whether it does, the worker says at its start.',
  'doctor.training': 'TRAINING_ALLOWED: yes; messages may be learned from where an admin says `/finetune on`.',
  'doctor.training.off':
    'TRAINING_ALLOWED: not set, so the bot answers and keeps nothing. Set it to yes once you have thought it through (README, “Before a real team is read”).',
  // Slack
  'doctor.slack.off': 'Slack: not set up. docs/slack.md leads from nothing to a working bot in ten minutes.',
  'doctor.slack.token': 'Slack, bot token: good; {name} in {team}.',
  'doctor.slack.token.unset':
    'Slack, bot token: SLACK_BOT_TOKEN is missing. Copy the Bot User OAuth Token (xoxb-…) from the page Install App.',
  'doctor.slack.token.wrong':
    'Slack, bot token: Slack does not know it ({code}). Copy the Bot User OAuth Token (xoxb-…) again, whole, from OAuth & Permissions of this app.',
  'doctor.slack.token.gone':
    'Slack, bot token: taken back, or the app was uninstalled ({code}). Press Reinstall to Workspace on the page Install App and copy the new token.',
  'doctor.slack.token.expired':
    'Slack, bot token: expired ({code}). Token rotation is on, which this bot does not use: create the app anew from docs/slack-manifest.json, which leaves it off.',
  'doctor.slack.token.kind':
    'Slack, bot token: another kind of token ({code}). SLACK_BOT_TOKEN wants the Bot User OAuth Token (xoxb-…) of OAuth & Permissions, no app-level or personal one.',
  'doctor.slack.token.login':
    'Slack, bot token: the organisation wants the app to be approved first ({code}). Ask an admin of the workspace to approve it.',
  'doctor.slack.token.org':
    'Slack, bot token: of an installation for the whole organisation (Enterprise Grid), which belongs to no workspace. Install the app into the one workspace that shall have the bot, and copy that token.',
  'doctor.slack.token.refused': 'Slack, bot token: refused ({code}). Ask an admin of the workspace whether the app may be used there.',
  'doctor.slack.unreachable':
    'Slack: cannot be reached ({code}). Check the network, a proxy and SLACK_API_URL; the machine must reach slack.com on port 443.',
  'doctor.slack.busy': 'Slack: it asks to wait {seconds} s (too many calls). Wait a minute and try again.',
  'doctor.slack.down': 'Slack: it is in trouble itself ({code}). Look at slack-status.com, and try again later.',
  'doctor.slack.scopes': 'Slack, scopes: all {count} are granted.',
  'doctor.slack.scopes.missing':
    'Slack, scopes: {scopes} {count|is|are} missing. Add {count|it|them} under OAuth & Permissions (or put docs/slack-manifest.json in under App Manifest), then press Reinstall to Workspace: only then does it take effect.',
  'doctor.slack.scopes.untold': 'Slack, scopes: Slack does not tell here which are granted; a refused call will name what is missing.',
  'doctor.slack.app': 'Slack, app token: good.',
  'doctor.slack.app.unset':
    'Slack, app token: SLACK_APP_TOKEN is missing. Make an app-level token (xapp-…) with the scope connections:write under Basic Information.',
  'doctor.slack.app.wrong':
    'Slack, app token: Slack does not know it ({code}). Copy the app-level token (xapp-…) again, or make a new one under Basic Information, App-Level Tokens.',
  'doctor.slack.app.gone': 'Slack, app token: taken back ({code}). Make a new one under Basic Information, App-Level Tokens.',
  'doctor.slack.app.scope':
    'Slack, app token: without the scope connections:write. Make a new one with that scope under Basic Information, App-Level Tokens.',
  'doctor.slack.app.kind':
    'Slack, app token: another kind of token ({code}). SLACK_APP_TOKEN wants the app-level token (xapp-…) of Basic Information.',
  'doctor.slack.app.refused': 'Slack, app token: no connection is given ({code}). Switch Socket Mode on in the app’s settings.',
  'doctor.slack.line':
    'Slack, Socket Mode: a connection opened and said hello. (An event of just this moment may come a few seconds late.)',
  'doctor.slack.line.closed':
    'Slack, Socket Mode: no connection stands ({code}). The machine must reach wss-primary.slack.com and *.slack.com on port 443 by WebSocket; a proxy that forbids it calls for events over HTTP (docs/slack.md).',
  'doctor.slack.line.off': 'Slack, Socket Mode: it is switched off ({code}). Switch Socket Mode on in the app’s settings.',
  'doctor.slack.line.full':
    'Slack, Socket Mode: ten connections of this app are open already ({code}). Stop the other programs that use its tokens.',
  'doctor.slack.two-apps':
    'Slack: the two tokens are of two different apps ({bot} and {app}), so no event would ever come. Take both from the settings of one app.',
  'doctor.slack.http':
    'Slack, events over HTTP: the signing secret is set; only Slack’s own push can prove it. While the bot runs, Slack must reach https://YOUR.ADDRESS{path}: under Event Subscriptions the address must be “Verified”.',
  'doctor.slack.no-place':
    'Slack, in a channel: not tried. Name one that the bot is in: `npm run doctor -- C0123ABCD` (the id stands at the end of “View channel details”).',
  // Feishu
  'doctor.feishu.off': 'Feishu: not set up. docs/feishu.md leads from nothing to a working bot.',
  'doctor.feishu.token': 'Feishu, credentials: good; the bot is called {name}.',
  'doctor.feishu.token.unset':
    'Feishu, credentials: {missing} {count|is|are} missing. Copy {count|it|them} from “Credentials & Basic Info” of your app.',
  'doctor.feishu.scopes': 'Feishu, scopes: all that the bot cannot do without are granted.',
  'doctor.feishu.scopes.missing':
    'Feishu, scopes: {scopes} {count|is|are} missing. Add {count|it|them} under “Permissions & Scopes”, then publish a new version of the app and have it approved: only then does it take effect.',
  'doctor.feishu.scopes.unpublished':
    'Feishu, scopes: {scopes} {count|is|are} asked for and not granted yet. Publish a new version of the app and have it approved by an admin.',
  'doctor.feishu.scopes.optional':
    'Feishu, scopes: {scopes} {count|is|are} not granted; the bot does without ({count|its row|their rows} in docs/feishu.md say how).',
  'doctor.feishu.scopes.untold':
    'Feishu, scopes: Feishu does not tell which are granted (code {code}); a refused call will name what is missing.',
  'doctor.feishu.version': 'Feishu, version: one is published.',
  'doctor.feishu.version.none':
    'Feishu, version: none is published. Create one under “Version Management & Release” and have an admin approve it.',
  'doctor.feishu.version.waiting': 'Feishu, version: a newer one waits for approval. What it changes holds once an admin has approved it.',
  'doctor.feishu.version.off': 'Feishu, version: the app is switched off in this company. An admin switches it on in the admin console.',
  'doctor.feishu.version.untold':
    'Feishu, version: Feishu does not tell (code {code}). With the optional scope application:application:self_manage it would.',
  'doctor.feishu.events':
    'Feishu, events: all {count} are subscribed to. (The callback card.action.trigger is not told: a press on a button shows it.)',
  'doctor.feishu.events.missing':
    'Feishu, events: {events} {count|is|are} not subscribed to. Add {count|it|them} under “Events & Callbacks”, then publish a new version of the app.',
  'doctor.feishu.line': 'Feishu, long connection: it opened. (An event of just this moment may come a little late.)',
  'doctor.feishu.line.refused':
    'Feishu, long connection: refused (code {code}). It is for self-built apps, and on Lark it may not be there: then events come by webhook (docs/feishu.md, step 4).',
  'doctor.feishu.line.full':
    'Feishu, long connection: too many connections of this app are open (code {code}). Stop the other programs that use it.',
  'doctor.feishu.line.closed':
    'Feishu, long connection: the socket does not open ({code}). The machine must be allowed to open WebSockets (wss) to Feishu; else events come by webhook (docs/feishu.md, step 4).',
  'doctor.feishu.webhook':
    'Feishu, webhook: the encrypt key is set; only Feishu’s own push can prove it. While the bot runs, Feishu must reach https://YOUR.ADDRESS{path}: save that address in the console, which tries it.',
  'doctor.feishu.no-place':
    'Feishu, in a group: not tried. Name one that the bot is in: `npm run doctor -- oc_0123…` (the id stands at the end of the group’s settings).',
  // in a place
  'doctor.say.title': 'A check by npm run doctor',
  'doctor.say.first': 'This message checks whether I can post here. I delete it in a moment. ({mark})',
  'doctor.say.second': 'This message checks whether I can edit what I posted. I delete it in a moment. ({mark})',
  'doctor.try.place': '{platform}, {id}',
  'doctor.try.post': '{platform}, posting',
  'doctor.try.edit': '{platform}, editing',
  'doctor.try.react': '{platform}, reacting',
  'doctor.try.read': '{platform}, reading back',
  'doctor.try.history': '{platform}, reading history',
  'doctor.try.upload': '{platform}, uploading',
  'doctor.try.erase': '{platform}, clean-up',
  'doctor.did': '{what}: it works.',
  'doctor.did.erase': '{what}: what was posted is taken away again.',
  'doctor.place.open': '{what}: “{name}” is open to all; an admin can say `/finetune on` there.',
  'doctor.place.absent': '{what}: the bot is not in “{name}”. Type `/invite` with its name there, then try again.',
  'doctor.place.private': '{what}: “{name}” is private; the bot answers there and never learns.',
  'doctor.place.direct': '{what}: a direct chat; the bot answers there and never learns.',
  'doctor.place.external': '{what}: “{name}” is shared with another company; the bot answers there and never learns.',
  'doctor.place.guests': '{what}: guests can read “{name}”; the bot answers there and never learns.',
  'doctor.place.restricted': '{what}: “{name}” is confidential: bots see nothing of what is said there. Take another group.',
  'doctor.clock':
    'Clock: this machine is {seconds} s from what {platform} says. Set it right (time synchronisation, NTP): what is pushed over HTTP is refused from 300 s on, and times in the chat are wrong.',
  'doctor.not.allowed': '{what}: {fix}',
  'doctor.not.there': '{what}: nothing is there, or the bot is not let in. Check the id, and invite the bot if the place is private.',
  'doctor.not.now': '{what}: no answer ({code}). Try again in a minute; if it stays, check the network.',
  'doctor.not.known': '{what}: refused ({code}). The tables in docs/slack.md and docs/feishu.md say what the common codes mean.',
  'doctor.not.read':
    '{what}: the message just posted cannot be seen ({found}). The bot could not learn from what it cannot read: check the scopes for reading messages.',
  'doctor.not.erased': '{what}: a message with the title “{title}” may still stand there ({code}). Delete it by hand.',
};
