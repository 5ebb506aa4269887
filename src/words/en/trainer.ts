// English: trainer.
export const trainer = {};
