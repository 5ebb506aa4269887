// zh: a server that answers instead of our engine.
export const answers = {
  'answers.away': '无法连接写答案的服务器 {host}（{why}）。等它恢复运行后，请再问我一次。',
  'answers.waiting': '写答案的服务器 {host} 还没有就绪（{why}）。它一就绪我就开始工作；加载大模型需要几分钟。',
  'answers.badKey': '写答案的服务器 {host} 不接受我的密钥（{status}）：ANSWER_KEY 必须与它启动时的密钥相同。',
  'answers.noModel': '写答案的服务器 {host} 没有名为“{model}”的模型，它有：{known}。请把 ANSWER_MODEL 设为基础模型在那里的名称。',
  'answers.refused': '写答案的服务器 {host} 拒绝了这个问题（{status}）：{why}',
  'answers.notUnderstood': '{host} 的回复不是 OpenAI 兼容服务器的格式：ANSWER_URL 必须指向这样的服务器，例如 vLLM。',
  'answers.notLoaded': '写答案的服务器 {host} 没有加载 {name}：{why}',
  'answers.rankTooLarge':
    '写答案的服务器 {host} 最多接受秩为 {most} 的版本，而 {name} 的秩是 {rank}：请用 --max-lora-rank {needed} 启动 vLLM。',
  'answers.noFolder': '写答案的服务器 {host} 找不到 {name} 的文件夹：它必须能在与我相同的路径下看到 ARTIFACTS_DIR，并有权读取。',
  'answers.otherPrompt':
    '我向 {host} 的服务器发送了 {sent} 个词元，它却读到 {read} 个：它在我的话外面加了自己的模板或开头，会答非所问。请让模型不带模板提供服务，或改用 vLLM。',
  'answers.noAdapters':
    '写答案的服务器 {host} 无法在运行中加载学到的内容，所以只有基础模型回答。想要两者都回答，请用 vLLM 提供基础模型：--enable-lora，并设置 VLLM_ALLOW_RUNTIME_LORA_UPDATING=True。',
  'answers.noLogprobs': '服务器 {host} 不提供文本中每个词的概率（prompt_logprobs），因此无法用它测量版本。vLLM 可以。',
  'answers.otherBase':
    '写答案的服务器 {host} 提供的不是训练这个版本时的基础模型：在留出的示例上，基础模型在那里的损失是 {found}，而训练时测得 {expected}。两边换成同一个模型之前，这个版本不会回答。',
  'answers.otherTuned':
    '写答案的服务器 {host} 的回答没有用上这个版本学到的内容：在留出的示例上，它在那里的损失是 {found}，而训练时测得 {expected}。这个版本不会回答。',
} as const;
