// English: data.
export const data = {};
