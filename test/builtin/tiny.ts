// Where the tiny models made by transformers lie.
import { join } from 'node:path';
import { projectRoot } from '../../src/root.ts';

/** Folder of e.g. 'tiny-llama'. */
export const tinyModel = (name: string): string => join(projectRoot(), 'test/fixtures/models', name);
