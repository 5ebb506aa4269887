// English: trainer.
export const trainer = {
  'trainer.noRun': 'The trainer found no run.json in {folder}: a run folder has run.json and rows.jsonl.',
  'trainer.badRun': 'The trainer cannot use run.json: {entry} is wrong ({problem}). Start the run again with sound settings.',
  'trainer.noRows': 'The trainer found no rows.jsonl in {folder}: a run folder has run.json and rows.jsonl.',
  'trainer.noTrainingRows':
    'There is nothing to learn from: rows.jsonl in {folder} has no training rows. Add some approved examples first.',
  'trainer.rowsUnreadable': '{count} {count|line|lines} of rows.jsonl are no training rows (line {rows}): each needs ids, answer and part.',
  'trainer.rowsWithoutAnswer': '{count} {count|example|examples} {count|has|have} no answer (row {rows}): give them one or take them out.',
  'trainer.rowsTooLong':
    '{count} {count|example|examples} {count|is|are} longer than the {limit} tokens that this model can read (row {rows}): shorten them or take them out.',
  'trainer.rowsForeignTokens':
    '{count} {count|example|examples} {count|has|have} tokens outside the {vocab} that this model knows (row {rows}): they were encoded for another base model.',
  'trainer.otherBase':
    'The run was prepared for the base model {expected}, but {folder} holds {found}. Start the run again, or put the old base model back.',
  'trainer.diverged':
    'The numbers ran away at step {step}: the loss is no longer a number. Try a third of the learning rate, and look at the longest examples.',
  'trainer.memory':
    'Training needs more memory than this machine has free. Close other programs, switch checkpointing on, or take shorter examples or a smaller base model.',
  'trainer.bug':
    'The trainer stopped over a mistake of its own ({message}). The run can be started again; please report this if it comes back.',
  'trainer.badLine': 'The trainer said something that is not an event of its protocol: {line}',
  'trainer.cannotStart': 'The trainer program {program} cannot be started: is it installed, and may it be run?',
};
