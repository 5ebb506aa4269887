// English: files of examples, settings of a run, and why the recipe chose them.
export const learning = {
  // a file of examples (each is one row's problem, or the file's)
  'rows.tooLarge': 'the file is larger than {megabytes} MB, and I take at most 20 MB; split it into smaller files.',
  'rows.notText': 'the file is neither UTF-8 nor UTF-16 text; save it as UTF-8 and try again.',
  'rows.empty': 'the file is empty; expected a JSON list of rows with "instruction", "output" and, where there is one, "input".',
  'rows.none': 'the list holds no rows; expected at least one with "instruction" and "output".',
  'rows.notJson':
    'this is no JSON: it begins with “{near}”; expected a list like [{"instruction": "…", "input": "…", "output": "…"}], or one such object a line.',
  'rows.json.broken': 'not valid JSON on line {line}, near “{near}”; look for a missing or extra comma, or an unescaped quotation mark.',
  'rows.json.cut':
    'the file ends in the middle of what begins with “{near}” on line {line}; it seems to be cut off, so export it once more.',
  'rows.json.text': 'expected a row in braces on line {line}, found “{near}”; take that text out.',
  'rows.notRow': 'expected an object with "instruction" and "output", found {found}.',
  'rows.missing': 'it has no "{field}"; its fields are: {found}. Rename the one that is meant.',
  'rows.blank': 'its "{field}" is empty; fill it in or take the row out.',
  'rows.notString': 'its "{field}" must be text, but is {found}; put it in quotation marks.',
  'rows.kind': 'its "kind" must be "qa" or "report", but is {found}; leave it out and I decide.',
  'rows.character': 'it has a character that cannot be stored (U+0000 or half of a surrogate pair); take it out.',
  'rows.long': 'it is {kilobytes} kB long, and a row may have 100 kB; shorten it.',
  // settings that a person gives
  'setting.form': 'I expected a setting like lr=1e-3, got “{said}”; there are: {known}.',
  'setting.unknown': 'There is no setting “{name}”; there are: {known}.',
  'setting.twice': '{name} stands there twice; give it once.',
  'setting.number': '{name} must be a number from {least} to {most}, got “{said}”; leave it out and I choose it.',
  'setting.whole': '{name} must be a whole number from {least} to {most}, got “{said}”; leave it out and I choose it.',
  'setting.switch': '{name} must be on or off, got “{said}”.',
  // why a setting is what it is
  'reason.asked': '{setting} {value}: you asked for it.',
  'reason.epochs':
    '{value} {value|round|rounds} over {examples} {examples|example|examples}, {steps} steps in all: small sets need more rounds, and a last round that is clearly worse on the rows kept aside is not taken.',
  'reason.batch': '{value} {value|row|rows} a step: small steps often beat large ones seldom, and it makes {steps} steps.',
  'reason.learningRate':
    'learning rate {value} (how big a step is): measured for LoRA on small models; the often advised 2e-5 is for full fine-tuning.',
  'reason.rank': 'rank {value}: room enough for a team’s form; rank 4 learned visibly more slowly.',
  'reason.alpha': 'alpha {value}: twice the rank, so the adapter speaks with strength 2.',
  'reason.targets': 'all {value} linear layers of a block learn: that is what was measured.',
  'reason.replay':
    '{value} general {value|question|questions} with the base’s own answers are mixed in, so that not every answer ends in your team’s form ({examples} {examples|example|examples}).',
  'reason.balance.report':
    'each weekly report is seen {value} times a round, because there are few of them: they keep more of the form that way.',
  'reason.balance.qa': 'each question is seen {value} times a round, because there are few of them beside the reports.',
  'reason.warmup': 'warm-up {value}: the first steps are small, because the adapter starts from nothing.',
  'reason.finalRate': 'the rate falls to {value} of its peak, so that the last round settles.',
  'reason.clip': 'gradients are clipped at norm {value}, so that one odd example cannot throw the rest off.',
  'reason.weightDecay': 'weight decay {value}: a few dozen steps need none.',
  'reason.checkpointing.off': 'activations are kept: the memory is there, and it is a third faster.',
  'reason.checkpointing.on': 'activations are computed twice: slower by a third, but it fits this machine’s memory.',
  'reason.seed': 'seed {value}: the same seed gives the same run again.',
  // warnings
  'advice.tooFew':
    'With {examples} {examples|example|examples} there is next to nothing to learn; from 8 on you see style, from 40 on form.',
  'advice.styleOnly': 'With {examples} {examples|example|examples} expect style and length, not much more; from 40 on the form comes, too.',
  'advice.rateLow':
    'A learning rate of {rate} for {epochs} {epochs|round|rounds} ({steps} {steps|step|steps}) changes nothing that a reader could see: it is a rate for full fine-tuning. For this base {advised} is right.',
  'advice.rateHigh': 'A learning rate of {rate} is far above {advised} and may make the model babble; watch the held-out loss.',
  'advice.fewSteps': 'Only {steps} {steps|step|steps}: below {least} an adapter stays close to the base; give it more rounds.',
  'advice.noHeldout': 'There are too few examples to keep some aside, so nothing tells how well it learned.',
  // npm run model
  'cli.usage':
    'npm run model -- import FILE [NAME] | tune --data FILE --out DIR [--heldout FILE] [setting=value …] | evaluate --data FILE [--adapter DIR] [--train FILE] | ask [--adapter DIR] "question"',
  'cli.usage.import': 'Expected: import FILE [NAME], where FILE is a GGUF model or a file of examples.',
  'cli.usage.tune': 'Expected: tune --data FILE --out DIR [--heldout FILE] [setting=value …]',
  'cli.usage.evaluate': 'Expected: evaluate --data FILE [--adapter DIR] [--train FILE]',
  'cli.usage.ask': 'Expected: ask [--adapter DIR] "question"; put the question in quotation marks.',
  'cli.unknown': 'There is no command “{said}”; there are: {known}.',
  'cli.option': 'There is no option {option} here; there are: {known}.',
  'cli.optionTwice': '{option} stands there twice; give it once.',
  'cli.noFile': 'I cannot read {file} ({why}); check the path.',
  'cli.row': 'Row {row}:',
  'cli.rowOnLine': 'Row {row}, from line {line} on:',
  'cli.moreRows': '… and {count} more {count|row|rows}.',
  'cli.rowsRefused': '{count} {count|row|rows} of {file} cannot be used, so none was taken; put them right and try again.',
  'cli.ignored': 'Fields that nobody reads: {fields}.',
  'cli.duplicates': '{count} {count|row|rows} {count|says|say} the same as an earlier one and {count|counts|count} once.',
  'cli.modelThere': '{folder} is there already; name the model otherwise: import FILE NAME.',
  'cli.imported': 'The model lies in {folder} ({fingerprint}…); BASE_MODEL={folder} uses it.',
  'cli.plan': '{train} {train|example|examples} to learn from, {heldout} kept aside, {steps} {steps|step|steps}: about {minutes} min.',
  'cli.heldout': 'round {round}: loss {loss} on the examples kept aside',
  'cli.tuned': 'Trained in {seconds} s; the adapter lies in {folder}.',
  'cli.trainerDied': 'The trainer ended without a result ({how}); free some memory and start again.',
  'cli.broken': 'Something went wrong that should not ({why}); please report it.',
  'cli.progress.download': 'fetching the base model: {done} of {total} MB',
  'cli.progress.import': 'importing the model: {done} of {total} MB',
  'cli.progress.hash': 'checking the model: {done} of {total} MB',
  'cli.progress.replay': 'the base answers general questions, to keep them: {done} of {total}',
  'cli.progress.train': 'training: step {done} of {total}, loss {loss}',
  'cli.progress.evaluate': 'trying it out: {done} of {total} answers',
};
