// English: bot.
export const bot = {};
