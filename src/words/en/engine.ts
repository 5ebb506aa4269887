// English: what can keep the engine from answering.
export const engine = {
  'engine.promptTooLong': 'The text is too long for this model: it has {tokens} tokens, and at most {most} fit. Please shorten it.',
  'engine.rowTooLong':
    'A row is too long for this model: question and answer have {tokens} tokens, and at most {most} fit. Shorten or leave out that row.',
  'engine.adapterOtherBase':
    'The adapter {adapter} was made for another base model ({found}) than the one in use ({expected}): use that base, or fine-tune again on this one.',
  'engine.int8NotWritten':
    'The 8-bit copy of the model (about {megabytes} MB) could not be written to {folder} ({reason}): make room or make the folder writable, or answer in float32.',
  'engine.answerTooLate': 'The answer would have come more than {minutes} minutes after the question, so it is not given.',
  'engine.stopped': 'The engine that answers has stopped unexpectedly; it is started again with the worker.',
};
