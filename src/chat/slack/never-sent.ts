// Whether a call has left this machine at all. What has not is simply made again; of anything else nobody knows what became of it.

/** No connection was made, so nothing went over it. */
const CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** Whether the failure of a call says that Slack never saw it. */
export function neverSent(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) if (CODES.has((one as { code?: string }).code ?? '')) return true;
  return false;
}
