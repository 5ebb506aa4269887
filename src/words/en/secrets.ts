// English: secrets and personal data found in a message.
export const secrets = {
  'secrets.kind.email': 'e-mail address',
  'secrets.kind.phone': 'phone number',
  'secrets.kind.card': 'card number',
  'secrets.kind.id-number': 'ID number',
  'secrets.kind.iban': 'bank account (IBAN)',
  'secrets.kind.ip': 'IP address',
  'secrets.kind.key': 'key or token',
  'secrets.kind.password': 'password',
  'secrets.kind.private-key': 'private key',
  // to whoever gave it to the bot, alone, once for each kind
  'secrets.told':
    'I found this in what you gave me: {kind}. I put a placeholder in its place before I kept anything, and went on without it. I do that each time, and say so only this once.',
  'secrets.privateKeyCut':
    'This has a private key in it that was cut off, so I cannot tell where it ends. I keep nothing of it. Please replace that key.',
  'secrets.nothingElse': 'Without its secrets and personal data there would be nothing left of this, so I do not keep it.',
};
