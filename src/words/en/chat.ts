// English: chat.
export const chat = {
  // what the room refuses
  'chat.empty': 'There is nothing in this message yet: write something or attach a file.',
  'chat.tooLong': 'A message may have {most} characters and this one has {got}: shorten it, or drop it here as a file.',
  'chat.unknownCommand': 'There is no command `/{said}` here; these are known: {known}.',
  'chat.personGone': 'This person is not in the chat any more: pick somebody else to speak as.',
  'chat.channelGone': 'This channel is not there any more: pick another one.',
  'chat.messageGone': 'This message is not there any more: somebody deleted it.',
  'chat.notYours': 'Only its author can change a message.',
  'chat.nameTaken': 'Somebody here is already called {name}: take another name.',
  'chat.badName': 'A name has 1 to {most} characters, without @, brackets or angle brackets.',
  'chat.fileTooBig': '{name} is too big: a file may have at most {most} MB.',
  'chat.fileGone': 'This file is not there any more.',
  'chat.notKept': 'This could not be kept on the disk ({reason}) and so it was not said: make room, then send it again.',
  'chat.journalBroken':
    'The chat’s journal {path} is damaged in line {line}: put back a copy of it, or move it away to begin with an empty chat.',
};
