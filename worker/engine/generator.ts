// The contract of everything that can answer: our engine, and a server elsewhere (../serving).

export interface Generator {
  readonly canAdapt: boolean;
  /** One answer a speaker, all to the same prompt. Calls that overlap in time may be written together; that changes no answer (but for rounding). */
  generate(request: GenerateRequest, signal: AbortSignal): Promise<Generated[]>;
  /** Summed negative log-likelihood of each answer's tokens, in f32. */
  score(
    rows: { prompt: number[]; answer: number[] }[],
    speaker: Adapter | 'base',
    signal: AbortSignal,
  ): Promise<{ loss: number; tokens: number }[]>;
  close(): Promise<void>;
}

/** `name` is e.g. `v3-<first 12 hex digits of the sha256>`; `folder` is in PEFT's layout. */
export type Adapter = { name: string; folder: string; rank: number; fingerprint: string };

export type GenerateRequest = {
  prompt: number[];
  speakers: (Adapter | 'base')[];
  sampling: Sampling;
  stop: Stop;
  guard?: Guard;
  /** What is measured is written in float32; left out: as the engine writes answers. */
  precision?: 'f32';
};

/** temperature 0 is greedy. repetitionPenalty 1 is none; it counts prompt and answer (as transformers does). */
export type Sampling = { temperature: number; topP: number; repetitionPenalty: number; seed: number };

export type Stop = {
  /** Ids that end an answer (the template's end of turn, the end of text). */
  tokens: number[];
  maxTokens: number;
  /** Stop when a line comes that the answer already has. */
  repeatedLine: boolean;
};

/** While decoding, a token that would write a number or ticket id which `notes` lack is passed over. Data, so that it can cross threads. */
export type Guard = { notes: string };

/** `tokens` without the end token. `ms` since it was asked for, waiting included. `why` it ended: the end token, a repeated line, the limit, or the signal. */
export type Generated = { text: string; tokens: number[]; ms: number; why: 'end' | 'repeat' | 'length' | 'aborted' };
