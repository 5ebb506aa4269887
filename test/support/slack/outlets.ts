// The ways to an app: each sends one payload and resolves with what the app acknowledged it with.
export type Kind = 'events_api' | 'slash_commands' | 'interactive';
export type Retry = { attempt: number; reason: string };

export interface Outlet {
  /** Whether somebody listens at the other end. */
  isOpen(): boolean;
  /** Rejects with NotAcked, whose reason is Slack's own word for it. */
  send(kind: Kind, payload: object, retry?: Retry): Promise<unknown>;
}

export class NotAcked extends Error {
  readonly reason: string;
  constructor(reason: string, options?: ErrorOptions) {
    super(`not acknowledged: ${reason}`, options);
    this.name = 'NotAcked';
    this.reason = reason;
  }
}
