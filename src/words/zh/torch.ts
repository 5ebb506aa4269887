// 中文：torch 训练程序及其环境。
import type { torch as en } from '../en/torch.ts';

export const torch: Record<keyof typeof en, string> = {
  'torch.noEnvironment':
    'TRAINER 设为 torch，但 {python} 处没有 Python：请运行 `npm run worker:setup`，或把 TORCH_PYTHON 指向装有 worker/torch/pyproject.toml 所列软件包的 Python。',
  'torch.baseBroken': '打不开 {folder} 里的基础模型（{message}）：文件损坏，或是不支持的类型。请重新下载。',
  'torch.baseTensor': '{folder} 里的基础模型缺少 {tensor}，或其形状不符：请重新下载。',
  'torch.rowsWithoutRejected': '{count} 行没有“落选答案”（第 {rows} 行）：要学习大家的偏好，每一行都得有一个。',
  'torch.memoryCheckpointing':
    '即使一次只训练一条示例，所需内存也超过了空闲内存。请打开 checkpointing：大约慢三分之一，但除一层以外的激活值都不再占内存。',
  'torch.memoryQuantize':
    '即使一次只训练一条示例，所需内存也超过了空闲内存。请设置 TORCH_QUANTIZE=4bit：基础模型只需约三分之一的内存（7B：约 6 GB，而不是 16 GB）。',
  'torch.memoryShorter': '即使一次只训练一条示例，所需内存仍超过空闲内存。请去掉最长的示例，或改用更小的基础模型。',
  'torch.memorySmaller': '基础模型放不进空闲内存：请改用更小的基础模型，或换一台更大的机器。',
  'config.processes': '{name} 是“{got}”：应为 1 到 1024 的整数；不设置则只用一块 GPU 训练。',
  'config.quantize': '{name} 是“{got}”：应为 4bit 或 8bit；不设置则按基础模型原样训练。',
  'program.failed': '{program} 没有成功：{why}',
  'torch.setup.ready': 'torch 环境已经有了：{folder}（{version}，{device}，{size} GB）。要重做，请先删除该文件夹。',
  'torch.setup.begins': '正在用 {tool} 在 {folder} 里建立 torch 环境（{device}），需要几分钟。',
  'torch.setup.uvFailed': 'uv 没有成功（{why}）：改用 Python 自带的 venv 和 pip。',
  'torch.setup.noCpuBuild': '你的软件源里没有只用于 CPU 的 torch：改装通用版。在 Linux 上它会带来约 5 GB 的 CUDA 库。',
  'torch.setup.done':
    '完成，用时 {seconds} 秒：{version}（{device}），{folder} 里共 {size} GB。设 TRAINER=torch 即可使用；不设 TRAINER 时，有 CUDA GPU 才会用它。',
  'torch.setup.device': 'worker:setup 可以带“cuda”或“cpu”，不带则按这台机器的情况决定；收到的是“{got}”。',
  'torch.setup.noPython': '没有找到 3.11 到 3.13 版的 Python：请安装一个（或安装 uv，它自带 Python），然后再运行一次。',
  'torch.setup.failed': '没能建好 torch 环境：{why}。没有留下任何东西；解决后请再运行一次。',
};
