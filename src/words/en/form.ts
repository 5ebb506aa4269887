// English: form.
export const form = {
  'form.more': 'A box takes {most} characters: the text goes on here.',
  'form.sent': 'Sent. This form can be left as it is.',
};
