// The Web API: one table of methods, and what every call goes through before it is performed.
import type { Args, Kind, Method, World } from './call.ts';
import { CHAT } from './methods/chat.ts';
import { CONVERSATIONS } from './methods/conversations.ts';
import { FILES } from './methods/files.ts';
import { PEOPLE } from './methods/people.ts';
import { REACTIONS } from './methods/reactions.ts';
import { VIEW_METHODS } from './methods/views.ts';
import { demand, invalid, SlackRefusal } from './refusal.ts';
import type { Json } from './team.ts';
import type { Tokens } from './tokens.ts';

export const METHODS: Record<string, Method> = { ...CHAT, ...CONVERSATIONS, ...REACTIONS, ...PEOPLE, ...FILES, ...VIEW_METHODS };
/** Every method takes these; team_id is added by clients that know their team. */
const ALWAYS = ['token', 'team_id'];

/** Performs a call as Slack does: token, scope, arguments, rate, and only then the deed. */
export async function perform(world: World, tokens: Tokens, name: string, given: Args, token: string | undefined): Promise<Json> {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  demand(method, 'unknown_method', { req_method: name });
  // auth.test is there for either kind of token.
  const kind = method.token ?? (name === 'auth.test' && token === tokens.app ? 'app' : 'bot');
  tokens.check(token, kind, method.scopes);
  const args = parsed(method, given);
  world.rates.call(name, method.tier);
  return { ok: true, ...(await method.run(args, world)) };
}

function parsed(method: Method, given: Args): Args {
  const unknown = Object.keys(given).filter(name => !(name in method.takes) && !ALWAYS.includes(name));
  if (unknown.length > 0) throw invalid('invalid_arguments', ...unknown.map(name => `unexpected argument: ${name}`));
  const missing = (method.needs ?? []).filter(name => given[name] === undefined || given[name] === '');
  if (missing.length > 0) throw invalid('invalid_arguments', ...missing.map(name => `missing required field: ${name}`));
  const known = Object.entries(given).filter(([name]) => name in method.takes);
  return Object.fromEntries(known.map(([name, value]) => [name, asKind(name, value, method.takes[name])]));
}

/** A form holds nothing but text: numbers and flags are read from it, and JSON in it must be JSON. */
function asKind(name: string, value: unknown, kind: Kind): unknown {
  if (kind === 'json') {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      if (name === 'blocks') throw new SlackRefusal('invalid_blocks_format');
      throw invalid('invalid_arguments', `${name} must be JSON`);
    }
  }
  if (kind === 'flag') {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === '1') return true;
    if (value === 'false' || value === '0') return false;
    throw invalid('invalid_arguments', `${name} must be a boolean`);
  }
  if (kind === 'number') {
    if (Number.isFinite(Number(value)) && value !== '') return Number(value);
    throw invalid('invalid_arguments', `${name} must be a number`);
  }
  if (typeof value === 'object') throw invalid('invalid_arguments', `${name} must be a string`);
  return String(value);
}
