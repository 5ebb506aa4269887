// English: a run from its first look to its report card, what its curve says, and what the words on it mean.
export const run = {
  // a run while it goes on
  'run.title.checking': 'Run {no} · looking at the examples',
  'run.title.queued': 'Run {no} · waiting for the worker',
  'run.title.training': 'Run {no} · training',
  'run.title.evaluating': 'Run {no} · trying out what it learned',
  'run.title.done': 'Run {no} · done: v{version}',
  'run.title.failed': 'Run {no} · failed',
  'run.title.cancelled': 'Run {no} · cancelled',
  'run.what': 'Learning from {train} {train|example|examples}; {heldout} are kept aside for the test.',
  'run.step': 'round {epoch} of {epochs} · step {step} of {steps} · loss {loss} · {speed} tokens/s · {left}',
  'run.left': 'about {minutes} min left',
  'run.left.soon': 'less than a minute left',
  'run.evaluating': 'Base and tuned answer the {heldout} {heldout|example|examples} kept aside: {done} of {total}',
  'run.evaluating.twice':
    'Base and tuned answer the {heldout} {heldout|example|examples} kept aside, the questions twice (with the nearest approved answers, too): {done} of {total}',
  'run.preparing': 'Getting ready: the base answers general questions first, so that it does not forget them',
  'run.settings': 'Settings',
  'run.cancelling': 'Stopping at the next step.',
  'run.cancelled.by': 'Stopped by {name}. Nothing was changed.',
  'run.none': 'Nothing is running, so there is nothing to cancel. `/finetune start` begins a run.',
  'run.no-examples':
    'There are {total} {total|example|examples}; a run needs at least {needed}. Give good answers a ✅, or drop a file of examples on me.',
  'run.ended.done': '[@{name}](person:{person}) run {no} is done: v{version} is ready. Ask me something, and base and tuned both answer.',
  'run.ended.failed': '[@{name}](person:{person}) run {no} failed. The message above says why and what to do.',
  'run.ended.cancelled': '[@{name}](person:{person}) run {no} is cancelled.',
  'run.resumed': 'The worker was interrupted; the run went on from step {step}.',
  'run.title.waiting': 'Run {no} · waiting for your [Start]',
  'run.doubts': '**Please look at this first.** I start when somebody presses [Start]; without that the run is cancelled after an hour.',
  'run.no-worker':
    'No worker is alive that could train. Start one with `npm start` (or `docker compose up worker`): the run then begins by itself.',
  'run.worker-gone': 'The worker is gone. As soon as one is back (`npm start`), the run goes on from step {step} by itself.',
  'run.began-again': 'The worker was interrupted before its first checkpoint; the run began again from the start.',
  'run.over': 'This run is over, so there is nothing to stop.',
  'run.waits-no-more': 'This run waits no more: it was started, cancelled, or is over.',
  'run.rows': 'The trainer stopped at a step with these examples. Look for very long texts, odd characters or empty answers:',
  'run.rows.title': 'Run {no} · the examples it stumbled over',
  'run.rows.none': 'The trainer named no example for this run, or they are gone by now.',
  // before a run
  'preflight.learn': 'Learning from',
  'preflight.learn.value': '{total} {total|example|examples}: {qa} {qa|answer|answers}, {report} weekly {report|report|reports}',
  'preflight.test': 'Kept aside for the test',
  'preflight.test.value': '{total} {total|example|examples}: {qa} {qa|answer|answers}, {report} weekly {report|report|reports}',
  'preflight.steps': 'Rounds and steps',
  'preflight.steps.value': '{rounds} {rounds|round|rounds}, {steps} {steps|step|steps}',
  'preflight.time': 'Time',
  'preflight.time.value': 'about {minutes} min, by the speed that this worker has measured',
  'preflight.time.guessed.value': 'about {minutes} min. That is a guess: this worker has not trained yet',
  'preflight.memory': 'Memory',
  'preflight.memory.value': 'about {needs} GB of the {free} GB that are free',
  'preflight.language': 'Does the base read the language of the answers?',
  'preflight.language.reads.value': 'yes: each character surprises it by {loss} (a language that it knows: 1 to 2)',
  'preflight.language.hardly.value': 'hardly: each character surprises it by {loss} (a language that it knows: 1 to 2)',
  // card
  'card.plain.good':
    'v{version} writes in your team’s form: it is much less surprised by your team’s answers (loss {base} → {tuned}). **Form is learned, facts mostly are not:** check names, numbers and commands.',
  'card.plain.formless':
    'v{version} is much less surprised by your team’s answers (loss {base} → {tuned}), but what it writes itself does not have your team’s form yet, as the scores and examples below show. A larger base model or more approved examples help most.',
  'card.plain.some': 'v{version} picked up some of your team’s style (loss {base} → {tuned}). More approved examples help most.',
  'card.plain.none':
    'v{version} learned almost nothing a reader could see (loss {base} → {tuned}). Let me pick the settings (`/finetune start`) or add examples.',
  'card.plain.unmeasured':
    'v{version} is trained, but no example could be kept aside, so nothing tells how well. Add examples that differ from each other.',
  'card.rounds': 'Held-out loss by round',
  'card.loss': 'Loss on the examples kept aside (how surprised it is; lower is better)',
  'card.perplexity': 'Perplexity (between how many words it wavers)',
  'card.report-form': 'Reports with your sections in order',
  'card.qa-form': 'Answers in your house form',
  'card.facts-found': 'Facts of the notes that reach the report',
  'card.facts-invented': 'Invented numbers a report (lower is better)',
  'card.owner-right': 'Right names in the last line',
  'card.spans-right': 'Right commands',
  'card.bleu': 'BLEU (overlap with the approved text)',
  'card.rouge': 'ROUGE-1 / 2 / L (the same, by words, pairs and order)',
  'card.words': 'Words an answer',
  'card.forgetting.fine': 'General knowledge is kept: loss on general questions {base} → {tuned}.',
  'card.forgetting.some': 'It forgot a little: loss on general questions {base} → {tuned}.',
  'card.forgetting.much':
    '**It forgot much of what it knew:** loss on general questions {base} → {tuned}. Fewer rounds or a lower rate would help.',
  'card.base': 'base',
  'card.tuned': 'tuned',
  'card.with-nearest': 'tuned with the two nearest approved answers',
  'card.base-with-nearest': 'base with the two nearest approved answers',
  'card.constant': 'one constant answer, no model',
  'card.nearest': 'the nearest approved answer, no model',
  'card.notes-in-frame': 'the notes in your frame, no model',
  'card.rival-wins':
    'At this model size the notes put into your frame without any model keep more facts. A larger base (`BASE_MODEL`) is one setting away.',
  'card.small':
    'Only {count} {count|example|examples} {count|was|were} kept aside: too few to be sure. So there are counts instead of percentages, and no BLEU or ROUGE.',
  'card.of': '{count} of {total}',
  'card.sample': 'Example {n} of {total}: {instruction}',
  'card.approved': 'Approved answer',
  'card.hardest': '**The hardest examples** (v{version} finds them most surprising). Are they right, and typical of your team?',
  'card.hardest.loss': 'loss {loss}',
  'card.hardest.remove': '`/finetune remove {no}` takes one out of the next run.',
  'card.next': '**Next:** ask me something. Base and v{version} answer side by side, and your votes decide who speaks.',
  // what the curve says
  'reading.good':
    '**The curve looks good:** the loss fell from {first} to {last} and flattened out. More rounds would bring little; more examples would.',
  'reading.falling':
    '**Still falling:** the loss came from {first} to {last}, and the last round still helped. A new run with two more rounds, from the beginning, may bring more.',
  'reading.flat':
    '**Flat from the start:** the loss hardly moved ({first} → {last}). The steps are too small: three times the learning rate may help.',
  'reading.jumps':
    '**It jumps or rises:** a later round was worse than an earlier one ({first} → {last}). The steps are too big: try a third of the learning rate.',
  'reading.overfit':
    '**Over-fitting from round {round} on:** it learned the training examples by heart and got worse on those kept aside ({first} → {last}). The best round ({kept}) was kept.',
  'reading.memorised':
    '**Learned by heart:** the loss on the training examples is near zero ({train}), so it can recite them. Fewer rounds, or more and more varied examples, make it learn the form instead.',
  'reading.diverged':
    '**The numbers ran away at step {step},** so training stopped. The steps were too big: try a third of the learning rate, and look at the examples of that step.',
  // buttons
  'button.launch': 'Start',
  'button.cancel': 'Cancel',
  'button.again': 'Start again',
  'button.more-rounds': 'Two more rounds',
  'button.slower': 'Again, a third of the rate',
  'button.faster': 'Again, three times the rate',
  'button.rounds': 'Again, {rounds} {rounds|round|rounds}',
  'button.examples': 'See the examples',
  'button.rows': 'Show the rows',
  'button.explain': 'What is this?',
  // a run's settings as a form
  'settings.button': 'Settings …',
  'settings.title': 'Settings of the run',
  'settings.submit': 'Start the run',
  'settings.submit.instead': 'Start with these',
  'settings.pick': 'I would take {value}.',
  'settings.empty': 'Empty: I choose.',
  'settings.lr': 'Learning rate (lr): how big a step it takes after each correction.',
  'settings.rounds': 'Rounds: how often it goes through all examples.',
  'settings.batch': 'Batch: how many examples it looks at before each step.',
  'settings.rank': 'Rank: how much room there is for what it learns.',
  'settings.alpha': 'Alpha: how strongly that weighs, usually twice the rank.',
  'settings.warmup': 'Warm-up: the share of all steps in which it begins gently, from 0 to 0.5.',
  'settings.replay': 'Replay: how many general questions are mixed in, so that it forgets less.',
  'settings.seed': 'Seed: with the same one a run can be repeated.',
  'settings.checkpointing': 'Checkpointing (on or off): needs less memory, takes longer.',
  'settings.no-form':
    'Your chat did not open the form. Please write what you want to change instead, like `/finetune start lr=1e-3 rounds=4`.',
  runReplaced: 'Run {no} takes its place, with other settings.',
  // the curve as a picture
  'curve.train': 'training (smoothed)',
  'curve.heldout': 'kept aside',
  'curve.best': 'kept round',
  'curve.loss': 'loss',
  'curve.step': 'step',
  'curve.alt.train': 'Training loss from {first} to {last} in {steps} steps.',
  'curve.alt.heldout': 'On the examples kept aside it goes from {first} (base) to {last}.',
  'curve.alt.base': 'On the examples kept aside the base has {first}.',
  'curve.alt.best': 'Kept: the round that ends at step {step}, with {loss}.',
  // what the words mean
  'explain.title': 'What do these words mean?',
  'explain.school':
    '**Think of a school.** The base model is a pupil who reads and writes but has never seen your team. Your approved answers are the lesson plan, and the trainer is the teacher.',
  'explain.loss':
    '**Loss** is the teacher’s red pen: how much each next piece of an approved answer surprises the pupil. 0 would mean reciting it by heart. What counts is the loss on the examples kept aside: they are the exam, and the pupil has never seen them.',
  'explain.loss.own':
    'In run {no} it went from {base} to {tuned}: the right next piece got a chance of about {before} % before, and {after} % now.',
  'explain.rate':
    '**Learning rate** is how big a step the pupil takes after each correction. Too small, and nothing sticks; too big, and each lesson pushes out the one before.',
  'explain.rate.own': 'Run {no} used {rate}.',
  'explain.rounds':
    '**Rounds** are how often the whole lesson plan is gone through. Too few, and it is half learned; too many, and it is learned by heart without being understood.',
  'explain.rounds.own': 'Run {no} made {rounds}.',
  'explain.batch': '**Batch** is how many examples the teacher corrects before the pupil takes one step.',
  'explain.batch.own': 'Run {no} took {batch} at a time, which made {steps} steps.',
  'explain.weights':
    '**Weights** are the numbers that a model consists of: what the pupil carries in mind. The base’s stay as they are; what is learned goes into a small notebook beside it, the adapter. Without the notebook it is the base again.',
  'explain.weights.own': 'The notebook of run {no} holds {count} numbers.',
};
