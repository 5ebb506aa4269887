// English: engine.
export const engine = {};
