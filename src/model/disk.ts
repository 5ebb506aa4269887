// A full disk is a person's business, not a bug.
import { Refusal } from '../problem.ts';

/** The Refusal for a full disk if `error` is one (`bytes` is what had to fit into `folder`), else `error` itself: `throw orDiskFull(…)`. */
export function orDiskFull(error: unknown, folder: string, bytes: number): unknown {
  const full = error instanceof Error && /ENOSPC|EDQUOT|No space left/.test(`${(error as NodeJS.ErrnoException).code} ${error.message}`);
  return full ? new Refusal('model.diskFull', { folder, megabytes: Math.ceil(bytes / 1e6) }, { cause: error }) : error;
}
