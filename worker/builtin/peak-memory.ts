// The most memory this process ever had, in bytes.
import { readFileSync } from 'node:fs';

/**
 * Peak resident set. On Linux VmHWM: getrusage's figure there starts with the parent's, which a child inherits. It counts the pages
 * of the mapped weights that were read, although the system may drop them at any time.
 */
export function peakBytes(): number {
  if (process.platform === 'linux') {
    const kib = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kib) return Number(kib) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}
