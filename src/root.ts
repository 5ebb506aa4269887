// Where this checkout lies on disk: the same answer from the TypeScript sources and from the compiled files in dist/.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the folder that holds package.json. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Absolute path of a compiled program, e.g. `compiled('worker/main')` → …/dist/worker/main.js. */
export const compiled = (program: string): string => join(projectRoot(), 'dist', `${program}.js`);
