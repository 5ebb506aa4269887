// English: what the worker finds out before a run, and why a run or an answer failed.
export const worker = {
  'worker.noDatabase': 'The worker needs DATABASE_URL, the address of the Postgres that the bot uses: set it, or use npm start.',
  // before a run
  'worker.rowsLeftOut':
    '{count} {count|example|examples} {count|is|are} longer than the {most} tokens that fit ({examples}), so this run leaves them out; shorten them to have them learned.',
  'worker.language':
    'The base model hardly reads this language. Measured on {rows} of your answers: it cuts a character into {pieces} pieces (a model that knows the language: about half a piece), and {loss} is how much each character surprises it (English, which it knows: 1 to 1.5). Expect the look of your answers, not sense. To get sense, set BASE_MODEL to a model that knows the language, e.g. Qwen/Qwen2.5-0.5B-Instruct or Qwen/Qwen3-0.6B.',
  'worker.baseAtALoss':
    'The base model is at a loss with your answers: measured on {rows} of them, each character surprises it by {loss}, and a model that knows a language is at 1 to 2. If it stays so, choose another BASE_MODEL, e.g. Qwen/Qwen2.5-0.5B-Instruct.',
  'worker.nothingFits':
    'Every example to learn from is longer than the {most} tokens that fit, so there was nothing to train on: shorten them and start again.',
  // why a run waits for [Start]
  'worker.doubt.few': 'There are only {examples} examples. From about {enough} on a model picks up at least how your answers look.',
  'worker.doubt.leftOut': '{count} of {all} examples {count|is|are} too long and would be left out.',
  'worker.doubt.long': 'It will take about {hours} hours on this machine.',
  'worker.doubt.memory': 'It needs about {needs} GB of memory and {free} GB are free. That is tight: other programs may have to wait.',
  'worker.doubt.setting': 'You asked for {setting}={asked}. Usual here is {usual}, so this is more than ten times off.',
  // a run that failed
  'worker.preparing': 'The base model is being fetched and prepared ({percent} %). I begin by myself as soon as it is there.',
  'worker.alive': 'The worker on {host} (process {pid}) is alive.',
  'worker.notAlive': 'No worker that runs on {host} has been heard of lately.',
  'worker.diskFull': 'The worker’s disk is full: make room where DATA_DIR (or ARTIFACTS_DIR) lies, then try again.',
  'worker.memory': 'The worker ran out of memory: close other programs, or choose a smaller base model.',
  'worker.broken': 'Something went wrong in the worker and is in its log. Try again; if it comes back, please report it.',
  'worker.runOtherBase':
    'The run began on another base model ({began}) than the one that the worker has now ({now}): set BASE_MODEL back, or start a new run.',
  'worker.resultGone': 'The finished adapter of this run is no longer on disk: start the run again.',
  // an answer that failed
  'worker.questionTooLong': 'It is {tokens} tokens long, and this model takes at most {most} together with its answer: please shorten it.',
  'worker.otherBase': 'v{version} was trained on another base model than the worker has now: set BASE_MODEL back, or train a new version.',
  'worker.adapterMissing': 'The adapter of v{version} is no longer on disk: put it back, or train a new version with /finetune start.',
  'worker.adapterDamaged':
    'The adapter of v{version} is not the file that its run wrote (its sha256 differs): put it back, or train a new version with /finetune start.',
};
