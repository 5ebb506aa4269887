// English: learning.
export const learning = {};
