// 中文：工作进程在训练前查到的情况，以及训练或回答失败的原因。
export const worker = {
  'worker.noDatabase': '工作进程需要 DATABASE_URL，也就是机器人所用 Postgres 的地址：请设置它，或者用 npm start 启动。',
  // before a run
  'worker.rowsLeftOut': '有 {count} 条示例超过了可容纳的 {most} 个词元（{examples}），这次训练不用它们；缩短后即可学习。',
  'worker.language':
    '基础模型几乎读不懂这种语言。用你们的 {rows} 条回答量过：它把每个字拆成 {pieces} 块（懂这种语言的模型大约是半块），每个字带给它的意外程度是 {loss}（它懂的英语是 1 到 1.5）。只能学到样子，内容不会通顺。想要通顺，请把 BASE_MODEL 换成懂这种语言的模型，例如 Qwen/Qwen2.5-0.5B-Instruct 或 Qwen/Qwen3-0.6B。',
  'worker.baseAtALoss':
    '基础模型对你们的回答很陌生：用 {rows} 条量过，每个字带给它的意外程度是 {loss}，而懂一种语言的模型是 1 到 2。如果一直这样，请换一个 BASE_MODEL，例如 Qwen/Qwen2.5-0.5B-Instruct。',
  'worker.nothingFits': '所有训练示例都超过了可容纳的 {most} 个词元，没有可以训练的内容：请缩短后重新开始。',
  // why a run waits for [Start]
  'worker.doubt.few': '现在只有 {examples} 条示例。大约 {enough} 条起，模型才能学到你们回答的样子。',
  'worker.doubt.leftOut': '{all} 条示例里有 {count} 条太长，这次不会用上。',
  'worker.doubt.long': '在这台机器上大约需要 {hours} 小时。',
  'worker.doubt.memory': '大约需要 {needs} GB 内存，而空闲的只有 {free} GB，比较紧张，其他程序可能会变慢。',
  'worker.doubt.setting': '你指定了 {setting}={asked}，而这里通常用 {usual}，相差十倍以上。',
  // a run that failed
  'worker.preparing': '正在下载并准备基础模型（{percent} %），准备好后会自动开始。',
  'worker.alive': '{host} 上的工作进程（进程号 {pid}）在运行。',
  'worker.notAlive': '最近没有收到 {host} 上任何工作进程的消息。',
  'worker.diskFull': '工作进程的磁盘已满：请在 DATA_DIR（或 ARTIFACTS_DIR）所在的磁盘腾出空间，然后重试。',
  'worker.memory': '工作进程内存不足：请关闭其他程序，或者换一个更小的基础模型。',
  'worker.broken': '工作进程出了问题，详情在它的日志里。请再试一次；如果再次出现，请告诉我们。',
  'worker.runOtherBase': '这次训练开始时用的基础模型（{began}）和工作进程现在的（{now}）不同：请把 BASE_MODEL 改回去，或者重新开始训练。',
  'worker.resultGone': '这次训练得到的适配器已经不在磁盘上了：请重新开始训练。',
  // an answer that failed
  'worker.questionTooLong': '问题有 {tokens} 个词元，而这个模型连同回答最多容纳 {most} 个：请缩短一些。',
  'worker.otherBase': 'v{version} 是在另一个基础模型上训练的：请把 BASE_MODEL 改回去，或者重新训练一个版本。',
  'worker.adapterMissing': 'v{version} 的适配器已经不在磁盘上了：请把它放回去，或者用 /finetune start 训练新版本。',
  'worker.adapterDamaged': 'v{version} 的适配器文件和训练写出的不一样（sha256 不符）：请把它放回去，或者用 /finetune start 训练新版本。',
};
