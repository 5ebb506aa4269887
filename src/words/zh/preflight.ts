// 中文：训练前发现放不下的情况和能解决它的最小改动，以及有哪些工作进程。
import type { preflight as en } from '../en/preflight.ts';

export const preflight: Record<keyof typeof en, string> = {
  'preflight.short.checkpointing':
    '这次训练大约需要 {needs} GB 内存，而空闲的只有 {free} GB。请用 `/finetune start checkpointing=on` 启动：大约只需 {left} GB，结果相同，大约慢三分之一。',
  'preflight.short.batch':
    '这次训练大约需要 {needs} GB 内存，而空闲的只有 {free} GB。请用 `/finetune start batch={batch}` 启动：大约只需 {left} GB。',
  'preflight.short.rank':
    '这次训练大约需要 {needs} GB 内存，而空闲的只有 {free} GB。请用 `/finetune start batch=1 rank={rank}` 启动：大约只需 {left} GB。',
  'preflight.short.length':
    '这次训练大约需要 {needs} GB 内存，而空闲的只有 {free} GB。有 {count} 条示例超过 {most} 个词元：请缩短，或用 `/finetune remove` 去掉；再加上 batch=1，大约只需 {left} GB。',
  'preflight.short.quantize':
    '这次训练大约需要 {needs} GB 内存，而空闲的只有 {free} GB。请给工作进程设置 TORCH_QUANTIZE={quantize}，再用 `/finetune start batch=1` 启动：大约只需 {left} GB。',
  'preflight.short.base':
    '这次训练大约需要 {needs} GB 内存，而空闲的只有 {free} GB。更小的基础模型放得下：设置 BASE_MODEL={base} 并用 `/finetune start batch=1`，大约只需 {left} GB。',
  'preflight.short.rent':
    '这次训练大约需要 {needs} GB 内存，而空闲的只有 {free} GB，我知道的更小的基础模型也放不下。一块 {gpu} GB 显存的 GPU 就够（设置 TORCH_QUANTIZE=4bit 则 {four} GB 即可）：请租一块，并在那里以 TRAINER=torch 启动工作进程。',
  'preflight.disk':
    '这次训练最多要写 {needs} GB 的检查点，而产物文件夹所在处只剩 {free} GB：请在 ARTIFACTS_DIR（或 DATA_DIR）所在处腾出空间，或用更小的 rank=… 启动。',
  'worker.unfit.memory': '在那里这次训练大约需要 {needs} GB 内存，而空闲的只有 {free} GB',
  'worker.unfit.base': '它的基础模型是 {now}，而这次训练是用 {began} 开始的：请在那里把 BASE_MODEL 改回去，或取消后重新开始',
  'worker.unfit.gpu': '另一个工作进程正在它的 GPU 上训练',
  'worker.unfit.run': '**现在没有适合这次训练的工作进程**；一有合适的就会继续。{list}',
  'worker.unfit.line': '{worker}：{why}。',
  'worker.trouble': '{host} 上的工作进程无法开始：{problem}',
  'ask.trouble': '等有工作进程开始工作，回答就会来。{trouble}',
  'workers.title': '工作进程',
  'workers.none': '现在没有：用 `npm start` 启动一个',
  'workers.line': '{host}：{device}，空闲 {memory} GB，{does}，{now}',
  'workers.device.cpu': 'CPU，{threads} 个线程',
  'workers.does.train': '负责训练（{trainer}）',
  'workers.does.answer': '负责回答',
  'workers.does.both': '负责训练（{trainer}）和回答',
  'workers.now.run': '正在做一次训练',
  'workers.now.idle': '可以接训练',
  'workers.now.answers': '等待提问',
};
