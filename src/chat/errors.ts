// The only four ways in which a chat may refuse the product something.

/** The platform asks to wait; try the same call again after `ms` milliseconds. */
export class RetryLater extends Error {
  readonly ms: number;
  constructor(ms: number, options?: ErrorOptions) {
    super(`try again in ${ms} ms`, options);
    this.name = 'RetryLater';
    this.ms = ms;
  }
}

/** The platform does not let the bot do `what`; `fix` tells an admin what to change. */
export class NotAllowed extends Error {
  readonly what: string;
  readonly fix: string;
  constructor(what: string, fix: string, options?: ErrorOptions) {
    super(`${what}: ${fix}`, options);
    this.name = 'NotAllowed';
    this.what = what;
    this.fix = fix;
  }
}

/** A part of the message is longer than the platform takes. */
export class TooLong extends Error {
  readonly part: string;
  constructor(part: string, options?: ErrorOptions) {
    super(`${part} is too long`, options);
    this.name = 'TooLong';
    this.part = part;
  }
}

/** The message, person, channel or file is there no more. */
export class Gone extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(`${what} is gone`, options);
    this.name = 'Gone';
  }
}

/** Whatever it was about, it is gone or the bot may not: asked again, the chat would say the same. */
export const isClosed = (error: unknown): boolean => error instanceof NotAllowed || error instanceof Gone;
