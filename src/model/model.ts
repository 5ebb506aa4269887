// What a base model is to us: its shape, where its tensors lie on disk, and its name, the sha256 of its weights.

/** The shape of a decoder of the Llama family, as config.json names it. */
export type ModelConfig = {
  type: 'llama' | 'qwen2' | 'qwen3';
  hidden: number;
  layers: number;
  heads: number;
  kvHeads: number;
  headDim: number;
  intermediate: number;
  vocab: number;
  ropeTheta: number;
  rmsNormEps: number;
  maxPositions: number;
  /** The output head is the embedding table. */
  tied: boolean;
  /** Biases on q, k and v (Qwen2). */
  qkvBias: boolean;
  /** RMSNorm on every head of q and k before the rotary embedding (Qwen3). */
  qkNorm: boolean;
};

export type TensorType = 'float32' | 'float16' | 'bfloat16';

/** A tensor inside a *.safetensors file: `offset` and `length` in bytes from the file's beginning. */
export type TensorInfo = { type: TensorType; shape: number[]; file: string; offset: number; length: number };

/** `folder` is a real path (no symbolic link) that holds every `file` of `tensors` (base names). */
export type ModelFolder = {
  folder: string;
  config: ModelConfig;
  tensors: Map<string, TensorInfo>;
  /** sha256 of the weights, hex: the base's name. */
  fingerprint: string;
};
