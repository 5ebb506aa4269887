// What Slack says no with: an error code of its own, and what else stands in the answer.

/** Answered as `{ok: false, error: code, …more}`; `status` and `headers` only where Slack leaves 200 (429). */
export class SlackRefusal extends Error {
  readonly code: string;
  readonly more: Record<string, unknown>;
  readonly status: number;
  readonly headers: Record<string, string>;
  constructor(code: string, more: Record<string, unknown> = {}, status = 200, headers: Record<string, string> = {}) {
    super(code);
    this.name = 'SlackRefusal';
    this.code = code;
    this.more = more;
    this.status = status;
    this.headers = headers;
  }
}

/** As Slack words what is wrong with an argument: the sentences stand in `response_metadata.messages`. */
export const invalid = (code: 'invalid_arguments' | 'invalid_blocks' | 'invalid_metadata_format', ...messages: string[]): SlackRefusal =>
  new SlackRefusal(code, { response_metadata: { messages: messages.map(message => `[ERROR] ${message}`) } });

/** Throws `code` unless `holds`. */
export function demand(holds: unknown, code: string, more?: Record<string, unknown>): asserts holds {
  if (!holds) throw new SlackRefusal(code, more);
}
