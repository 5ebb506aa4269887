// English: model.
export const model = {};
