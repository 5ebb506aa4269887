// What Feishu's error codes mean for us: the one table, and how a refused call becomes one of the four ways in which a chat may refuse.
// Sources: the error tables of im/v1 (message, messageReaction, chat), contact/v3 and of the gateway (generic-error-code) on open.feishu.cn.
import { type Lang, say } from '../../words/words.ts';
import { Gone, NotAllowed, RetryLater, TooLong } from '../errors.ts';

export type Meaning =
  /** asked too often */
  | 'wait'
  /** the access token is no longer good */
  | 'token'
  /** a scope is missing, or was not published */
  | 'scope'
  /** the message, chat or person is not there (any more) */
  | 'gone'
  /** the bot is not in that chat */
  | 'outside'
  /** a confidential chat: what stands in it is not for bots */
  | 'hidden'
  | 'long'
  /** a card of more than 14 days, or edited too often: it is said anew */
  | 'old'
  /** somebody else wrote it */
  | 'foreign'
  /** the person is outside of the app's availability */
  | 'unavailable'
  /** the bot ability is off, or the app is not enabled in this tenant */
  | 'off'
  /** the chat's settings forbid it */
  | 'forbidden'
  /** a reaction that does not stand on the message */
  | 'reactionGone'
  /** no such file, or nothing that could be one */
  | 'badFile'
  /** a card that this Feishu does not take */
  | 'card'
  /** the app's id or secret is not (any longer) the right one */
  | 'credentials';

const CODES: Record<number, Meaning> = {
  99991400: 'wait',
  230020: 'wait',
  11232: 'wait',
  232019: 'wait',
  231015: 'wait',
  99991661: 'token',
  99991663: 'token',
  99991664: 'token',
  99991671: 'token',
  99991672: 'scope',
  99991679: 'scope',
  230027: 'scope',
  230011: 'gone',
  230019: 'gone',
  230030: 'gone',
  230034: 'gone',
  230110: 'gone',
  231003: 'gone',
  231004: 'gone',
  231005: 'gone',
  232006: 'gone',
  232009: 'gone',
  234001: 'badFile',
  234003: 'badFile',
  234004: 'badFile',
  41012: 'gone',
  99992351: 'gone',
  99992352: 'gone',
  99992353: 'gone',
  230002: 'outside',
  231002: 'outside',
  231008: 'outside',
  232011: 'outside',
  232010: 'outside',
  230050: 'hidden',
  234038: 'hidden',
  230025: 'long',
  234006: 'long',
  234037: 'long',
  230031: 'old',
  230072: 'old',
  230012: 'foreign',
  230054: 'foreign',
  230071: 'foreign',
  230013: 'unavailable',
  41050: 'unavailable',
  230006: 'off',
  232025: 'off',
  232034: 'off',
  230018: 'forbidden',
  230022: 'forbidden',
  230028: 'forbidden',
  232033: 'forbidden',
  231010: 'reactionGone',
  231011: 'reactionGone',
  230099: 'card',
  10003: 'credentials',
  10012: 'credentials',
  10014: 'credentials',
  10015: 'credentials',
};

/** One code for every wrong argument; only where it names something's id does it say that this thing is not there. */
const BAD_ARGUMENT = 230001;
const NAMES_AN_ID = /receive_id|message_id|chat_id|container_id|open_id|user_id|thread/;

/** A call that Feishu refused or did not answer. `code` 0: no answer of Feishu's own; `resetMs`: how long it asks to wait. */
export class FeishuProblem extends Error {
  readonly code: number;
  readonly status: number;
  readonly resetMs: number | undefined;
  /** The scopes of which one would do, as the gateway names them. */
  readonly scopes: string[];
  readonly #aboutId: boolean;

  constructor({ code, status, msg, resetMs }: { code: number; status: number; msg: string; resetMs?: number }, options?: ErrorOptions) {
    // The gateway repeats what was sent in some of its sentences: of those only the scopes are kept.
    super(`Feishu refused a call: code ${code}, HTTP ${status}`, options);
    this.name = 'FeishuProblem';
    this.code = code;
    this.status = status;
    this.resetMs = resetMs;
    this.#aboutId = NAMES_AN_ID.test(msg);
    this.scopes = [...msg.matchAll(/[a-z_]+(?::[a-z_.0-9]+)+/g)].map(([scope]) => scope).filter(scope => !scope.startsWith('http'));
  }

  get meaning(): Meaning | undefined {
    if (this.status === 429) return 'wait';
    return this.code === BAD_ARGUMENT && this.#aboutId ? 'gone' : CODES[this.code];
  }
  /** Nobody can say whether the call was carried out. */
  get unanswered(): boolean {
    return this.code === 0 || (this.meaning === undefined && this.status >= 500);
  }
}

export const means = (error: unknown, ...meanings: Meaning[]): boolean =>
  error instanceof FeishuProblem && error.meaning !== undefined && meanings.includes(error.meaning);

const WAIT_MS = 1_000;
const UNREACHABLE_MS = 5_000;
/** Somebody must look at the settings first. */
const CREDENTIALS_MS = 60_000;

/**
 * The refusal as one of RetryLater, NotAllowed, TooLong and Gone; what is no refusal of Feishu's, or one that nothing is known of, stays
 * as it is. `what` names the thing that was asked for.
 */
export function refusalOf(error: unknown, what: string, lang: Lang): unknown {
  if (!(error instanceof FeishuProblem)) return error;
  const options = { cause: error };
  const denied = (fix: string, values: Record<string, string> = {}) =>
    new NotAllowed(what, say(lang, `feishu.fix.${fix}`, values), options);
  if (error.unanswered) return new RetryLater(UNREACHABLE_MS, options);
  switch (error.meaning) {
    case 'wait':
      // Without the header the vendor's advice is to wait at random.
      return new RetryLater(error.resetMs ?? WAIT_MS + Math.floor(Math.random() * WAIT_MS), options);
    case 'token':
      return new RetryLater(WAIT_MS, options);
    case 'credentials':
      return new RetryLater(CREDENTIALS_MS, options);
    case 'scope':
      return error.scopes.length > 0 ? denied('scope', { scopes: error.scopes.join(', ') }) : denied('scopes');
    case 'gone':
    case 'old':
      return new Gone(what, options);
    case 'long':
      return new TooLong(what, options);
    case 'outside':
    case 'hidden':
    case 'foreign':
    case 'unavailable':
    case 'off':
    case 'forbidden':
      return denied(error.meaning);
    default:
      return error;
  }
}
