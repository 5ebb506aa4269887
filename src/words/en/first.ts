// English: first contact: what whoever set the bot up is told to do next.
export const first = {
  'first.title': 'Hello! Three steps, and I learn from your team',
  'first.claim': 'Make me yours: the terminal in which I was started shows a line with `/finetune claim` and a code. Send me that line.',
  'first.on':
    'Take me into an open channel in which your team answers questions, and say `/finetune on` there. Everybody in it reads what I learn, and how to say no.',
  'first.approve':
    'Put a ✅ on a colleague’s good answer. My mark on it says that I have kept it; once there are enough I propose a first training.',
  'first.help': '`/finetune` alone shows where things stand, `/finetune help` what else there is.',
};
