// The signs that people may give a message here; the bot's own (seen, kept, working) are names and nobody else's.

/** What a person sets on a message to approve of it. */
export const APPROVAL = '✅';

/** One emoji, as a page's picker sends it: a picture, and what joins or colours more of them. */
export const isEmoji = (sign: string): boolean =>
  /^\p{Extended_Pictographic}(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f){0,15}$/u.test(sign);
