// What every job of the worker is handed: built once, in main.
import { basename } from 'node:path';
import type { Db } from '../src/data/database.ts';
import type { Log } from '../src/log.ts';
import { openModelFolder } from '../src/model/folder.ts';
import type { ModelFolder } from '../src/model/model.ts';
import { type ChatTokenizer, openTokenizer } from '../src/model/tokenizer.ts';
import type { Activity } from './activity.ts';
import type { TrainerProgram } from './choose-trainer.ts';
import type { Device } from './device.ts';
import type { Generator } from './engine/generator.ts';
import type { TrainerPause } from './pause.ts';
import type { Served } from './serving/served.ts';

/** `path` is the folder as people gave it (the tokenizer lies there), `model.folder` where the weights really are. */
export type Base = { name: string; path: string; model: ModelFolder; tokenizer: ChatTokenizer };

export type Workplace = {
  db: Db;
  log: Log;
  /** This worker, as rows name it: host and process. */
  name: string;
  /** The folder of artifacts, absolute. */
  artifacts: string;
  base: Base;
  generator: Generator;
  /** Where a server answers instead of our engine. */
  served?: Served;
  pause: TrainerPause;
  /** What trains here. */
  trainer: TrainerProgram;
  /** Where it trains; left out, this machine's CPU. */
  device?: Device;
  /** Cores for training and answering. */
  threads: number;
  /** 0 unless the machine is ours alone. */
  spinMicroseconds: number;
  /** Training tokens a second, as last measured here; undefined before the first run. */
  speed?: number;
  activity: Activity;
};

export async function openBase(path: string): Promise<Base> {
  return { name: basename(path), path, model: await openModelFolder(path), tokenizer: await openTokenizer(path) };
}
