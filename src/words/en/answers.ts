// en: a server that answers instead of our engine.
export const answers = {
  'answers.away': 'The server that writes my answers ({host}) cannot be reached ({why}). Once it runs again, ask me again.',
  'answers.waiting':
    'The server that writes my answers ({host}) is not there yet ({why}). I begin as soon as it is; a large model takes some minutes to load.',
  'answers.badKey':
    'The server that writes my answers ({host}) does not take my key ({status}): ANSWER_KEY must be the key it was started with.',
  'answers.noModel':
    'The server that writes my answers ({host}) does not know the model “{model}”. It has: {known}. Set ANSWER_MODEL to the name under which it serves the base.',
  'answers.refused': 'The server that writes my answers ({host}) refused the question ({status}): {why}',
  'answers.notUnderstood':
    'What the server at {host} answers is not what an OpenAI-compatible server says: ANSWER_URL must lead to one, such as vLLM.',
  'answers.notLoaded': 'The server that writes my answers ({host}) did not load {name}: {why}',
  'answers.rankTooLarge':
    'The server that writes my answers ({host}) takes versions up to rank {most}, and {name} has rank {rank}: start vLLM with --max-lora-rank {needed}.',
  'answers.noFolder':
    'The server that writes my answers ({host}) does not find the folder of {name}: it must see ARTIFACTS_DIR under the same path as I do, and be allowed to read it.',
  'answers.otherPrompt':
    'The server at {host} reads {read} tokens where I sent {sent}: it puts a template or a beginning of its own around what I say, and would answer something else. Serve the model without its template, or with vLLM.',
  'answers.noAdapters':
    'The server that writes my answers ({host}) cannot load what was learned while it runs, so the base answers alone. For both, serve the base with vLLM: --enable-lora and VLLM_ALLOW_RUNTIME_LORA_UPDATING=True.',
  'answers.noLogprobs':
    'The server at {host} does not tell how likely the words of a text are (prompt_logprobs), so versions cannot be measured with it. vLLM can.',
  'answers.otherBase':
    'The server that writes my answers ({host}) does not serve the base that this version was trained on: on the rows kept aside the base loses {found} there, where the trainer measured {expected}. The version is not served until both are the same model.',
  'answers.otherTuned':
    'The server that writes my answers ({host}) does not answer with what this version learned: on the rows kept aside it loses {found} there, where the trainer measured {expected}. The version is not served.',
} as const;
