// English: what the bot says about examples, and at its edge.
export const bot = {
  // examples
  'import.kept':
    'I keep {examples} new {examples|example|examples} from **{file}**: {qa} {qa|answer|answers} and {report} weekly {report|report|reports}.',
  'import.duplicates':
    '{duplicates} {duplicates|row|rows} {duplicates|was|were} there already and {duplicates|stays as it is|stay as they are}.',
  'import.ignored': 'Fields that I do not use: {fields}.',
  'import.next.ready': 'That makes {total} in all. `/finetune` shows how good they look; `/finetune start` trains on them.',
  'import.next.more': 'That makes {total} in all; {missing} more and a first run makes sense.',
  'import.nothing': 'Nothing is kept from **{file}**: put the rows below right and drop it again.',
  'import.row': 'Row {row}: {problem}',
  'import.more': '… and {count} more.',
  'import.unreadable': 'I could not open {file}. Please drop it once more.',
  // at the edge
  'bot.broken': 'Something went wrong on my side and is in the log. Please try once more.',
  'bot.unknown-person': 'somebody',
  'bot.noDatabase': 'The bot needs a database: start it with `npm start`, or set DATABASE_URL to a Postgres server.',
  'bot.open': 'The chat is at {url}',
  'bot.away': 'Talk to the bot in {places}. Its health: {url}',
  'bot.ended':
    '{place}: the app was uninstalled, or its token taken back. Nothing is learned there any more, and a run that was on is stopped. What was kept stays until you erase it; install the app again, and channels start switched off.',
  'bot.channel': 'team',
  'bot.first-person': 'You',
};
