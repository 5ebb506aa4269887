// Where a base model lies that was fetched before: MODELS_DIR has a folder for each. The worker fetches into them; the doctor looks.
import { join } from 'node:path';

export const DEFAULT_NAME = 'SmolLM2-135M-Instruct';
export const DEFAULT_REPO = `HuggingFaceTB/${DEFAULT_NAME}`;

/** A model of the hub, `ORG/NAME`, as a folder's name. */
export const hubFolder = (repo: string): string => repo.replace('/', '--');

/** Whether BASE_MODEL is the id of a model on the hub. */
export const isHubId = (spec: string): boolean => /^[\w.-]+\/[\w.-]+$/.test(spec) && !/^\.|\.gguf$/i.test(spec);

/** The folders where the default base, or the hub's model `repo`, may lie; the first that is there is the base. */
export const fetchedFolders = (modelsDir: string, repo?: string): string[] =>
  [hubFolder(repo ?? DEFAULT_REPO), ...(repo ? [] : [DEFAULT_NAME])].map(name => join(modelsDir, name));
