// English: what does not fit before a run and the smallest change that would, and which workers there are.
export const preflight = {
  'preflight.short.checkpointing':
    'This run needs about {needs} GB of memory and {free} GB are free. Start it with `/finetune start checkpointing=on`: it then needs about {left} GB and gives the same result, about a third slower.',
  'preflight.short.batch':
    'This run needs about {needs} GB of memory and {free} GB are free. Start it with `/finetune start batch={batch}`: it then needs about {left} GB.',
  'preflight.short.rank':
    'This run needs about {needs} GB of memory and {free} GB are free. Start it with `/finetune start batch=1 rank={rank}`: it then needs about {left} GB.',
  'preflight.short.length':
    'This run needs about {needs} GB of memory and {free} GB are free. {count} {count|example is|examples are} longer than {most} tokens: shorten {count|it|them} or take {count|it|them} out with `/finetune remove`; with batch=1 it then needs about {left} GB.',
  'preflight.short.quantize':
    'This run needs about {needs} GB of memory and {free} GB are free. Set TORCH_QUANTIZE={quantize} for the worker and start it with `/finetune start batch=1`: it then needs about {left} GB.',
  'preflight.short.base':
    'This run needs about {needs} GB of memory and {free} GB are free. A smaller base fits: with BASE_MODEL={base} and `/finetune start batch=1` it needs about {left} GB.',
  'preflight.short.rent':
    'This run needs about {needs} GB of memory and {free} GB are free, and no smaller base that I know fits either. A GPU with {gpu} GB would do (with TORCH_QUANTIZE=4bit one with {four} GB): rent one, and start a worker there with TRAINER=torch.',
  'preflight.disk':
    'This run writes up to {needs} GB of checkpoints and {free} GB are free in the folder of the artifacts: make room where ARTIFACTS_DIR (or DATA_DIR) lies, or start with a smaller rank=….',
  // why a worker leaves a run to others
  'worker.unfit.memory': 'the run needs about {needs} GB of memory there, and {free} GB are free',
  'worker.unfit.base':
    'it has the base model {now}, and the run began on {began}: set BASE_MODEL back there, or cancel and start a new run',
  'worker.unfit.gpu': 'another worker is training on its GPU',
  'worker.unfit.run': '**No worker fits this run now;** it waits until one does. {list}',
  'worker.unfit.line': '{worker}: {why}.',
  'worker.trouble': 'The worker on {host} cannot begin: {problem}',
  'ask.trouble': 'The answer comes as soon as a worker is at work. {trouble}',
  // which workers there are
  'workers.title': 'Workers',
  'workers.none': 'none is at work: `npm start` brings one',
  'workers.line': '{host}: {device}, {memory} GB free, {does}, {now}',
  'workers.device.cpu': 'CPU, {threads} {threads|thread|threads}',
  'workers.does.train': 'trains ({trainer})',
  'workers.does.answer': 'answers',
  'workers.does.both': 'trains ({trainer}) and answers',
  'workers.now.run': 'at work on a run',
  'workers.now.idle': 'free for a run',
  'workers.now.answers': 'waiting for questions',
};
