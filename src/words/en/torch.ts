// English: the torch trainer and its environment.
export const torch = {
  'torch.noEnvironment':
    'TRAINER is torch, but there is no Python at {python}: run `npm run worker:setup`, or set TORCH_PYTHON to the Python of an environment with worker/torch/pyproject.toml’s packages.',
  'torch.baseBroken':
    'The base model in {folder} cannot be opened ({message}): its files are damaged or of a kind that is not supported. Download it again.',
  'torch.baseTensor': 'The base model in {folder} lacks {tensor}, or has it in another shape: download it again.',
  'torch.rowsWithoutRejected':
    '{count} {count|row|rows} {count|has|have} no rejected answer (row {rows}): to learn what people prefer, every row needs one.',
  'torch.memoryCheckpointing':
    'Training needs more memory than is free, even one example at a time. Switch checkpointing on: about a third slower, and the activations of all layers but one need no room.',
  'torch.memoryQuantize':
    'Training needs more memory than is free, even one example at a time. Set TORCH_QUANTIZE=4bit: the base then needs about a third of the memory (7B: about 6 GB instead of 16).',
  'torch.memoryShorter':
    'Training needs more memory than is free, even one example at a time. Leave out the longest examples, or take a smaller base model.',
  'torch.memorySmaller': 'The base model does not fit into the free memory: take a smaller base model or a larger machine.',
  'config.processes': '{name} is “{got}”: expected a whole number from 1 to 1024; leave it out to train on one GPU.',
  'config.quantize': '{name} is “{got}”: expected 4bit or 8bit; leave it out to train with the base as it is.',
  'program.failed': '{program} could not do it: {why}',
  'torch.setup.ready': 'The torch environment is there: {folder} ({version}, {device}, {size} GB). Remove that folder to make it anew.',
  'torch.setup.begins': 'Making the torch environment in {folder} with {tool}, for {device}. That takes a few minutes.',
  'torch.setup.uvFailed': 'uv could not do it ({why}): trying with Python’s own venv and pip.',
  'torch.setup.noCpuBuild':
    'Your package index has no build of torch for CPUs alone: taking the general one. On Linux it brings CUDA libraries, about 5 GB.',
  'torch.setup.done':
    'Done in {seconds} s: {version} for {device}, {size} GB in {folder}. TRAINER=torch uses it; without TRAINER it is used where there is a CUDA GPU.',
  'torch.setup.device': 'worker:setup takes “cuda” or “cpu”, or nothing, to go by what this machine has; it got “{got}”.',
  'torch.setup.noPython': 'No Python from 3.11 to 3.13 was found: install one (or uv, which brings its own), then run this again.',
  'torch.setup.failed': 'The torch environment could not be made: {why}. Nothing was left behind; run this again once that is put right.',
};
