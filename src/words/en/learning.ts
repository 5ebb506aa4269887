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
  'rows.refused': '{count} rows of {file} cannot be used, so none was taken. {first}',
  'rows.refused.row': 'Row {row}: {problem}',
  'rows.refused.more': '… and {count} more.',
  'rows.ignored': 'Fields that nobody reads: {fields}.',
  'rows.duplicates': '{count} rows say the same as an earlier one and count once.',
  'rows.tooFew': 'A run needs at least {needed} examples to learn from, and there are {found}; add some.',
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
    '{value} rounds over {examples} examples, {steps} steps in all: small sets need more rounds, and the best round is kept.',
  'reason.batch': '{value} rows a step: small steps often beat large ones seldom, and it makes {steps} steps.',
  'reason.learningRate':
    'learning rate {value} (how big a step is): measured for LoRA on small models; the often advised 2e-5 is for full fine-tuning.',
  'reason.rank': 'rank {value}: room enough for a team’s form; rank 4 learned visibly more slowly.',
  'reason.alpha': 'alpha {value}: twice the rank, so the adapter speaks with strength 2.',
  'reason.targets': 'all {value} linear layers of a block learn: that is what was measured.',
  'reason.replay':
    '{value} general questions with the base’s own answers are mixed in, so that not every answer ends in your team’s form ({examples} examples).',
  'reason.warmup': 'warm-up {value}: the first steps are small, because the adapter starts from nothing.',
  'reason.finalRate': 'the rate falls to {value} of its peak, so that the last round settles.',
  'reason.clip': 'gradients are clipped at norm {value}, so that one odd example cannot throw the rest off.',
  'reason.weightDecay': 'weight decay {value}: a few dozen steps need none.',
  'reason.checkpointing.off': 'activations are kept: the memory is there, and it is a third faster.',
  'reason.checkpointing.on': 'activations are computed twice: slower by a third, but it fits this machine’s memory.',
  'reason.seed': 'seed {value}: the same seed gives the same run again.',
  // warnings
  'advice.tooFew': 'With {examples} examples there is next to nothing to learn; from 8 on you see style, from 40 on form.',
  'advice.styleOnly': 'With {examples} examples expect style and length, not much more; from 40 on the form comes, too.',
  'advice.rateLow':
    'A learning rate of {rate} for {epochs} rounds ({steps} steps) changes nothing that a reader could see: it is a rate for full fine-tuning. For this base {advised} is right.',
  'advice.rateHigh': 'A learning rate of {rate} is far above {advised} and may make the model babble; watch the held-out loss.',
  'advice.fewSteps': 'Only {steps} steps: below {least} an adapter stays close to the base; give it more rounds.',
  'advice.noHeldout': 'There are too few examples to keep some aside, so nothing tells how well it learned.',
};
