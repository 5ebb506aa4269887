// Modals: a stack of at most three for each person, each with a hash that changes whenever it does.
import { randomBytes } from 'node:crypto';
import { viewIssues, withIds } from './blocks.ts';
import { VIEWS } from './limits.ts';
import { demand, invalid } from './refusal.ts';
import type { Json, Team } from './team.ts';

export type View = Json & { id: string; hash: string; blocks: Json[]; callback_id: string; private_metadata: string };
export type Views = ReturnType<typeof openViews>;

const hex = () => randomBytes(6).toString('hex').toUpperCase();

export function openViews(team: Team, fileFits: (id: string) => boolean) {
  const stacks = new Map<string, View[]>();
  const stackOf = (user: string) => stacks.get(user) ?? stacks.set(user, []).get(user)!;

  function checked(view: unknown): Json {
    demand(view && typeof view === 'object', 'invalid_arguments');
    const issues = viewIssues(view, fileFits);
    if (issues.length > 0) throw invalid('invalid_arguments', ...issues);
    return view as Json;
  }

  function made(view: Json, id: string, root: string, previous: string | null): View {
    return {
      callback_id: '',
      private_metadata: '',
      clear_on_close: false,
      notify_on_close: false,
      close: null,
      submit: null,
      external_id: '',
      ...view,
      blocks: withIds(view.blocks as Json[], () => hex().slice(0, 5)),
      id,
      team_id: team.id,
      app_id: team.appId,
      app_installed_team_id: team.id,
      bot_id: team.botId,
      state: { values: {} },
      hash: `${Math.floor(team.now() / 1000)}.${hex()}`,
      root_view_id: root,
      previous_view_id: previous,
    };
  }

  function put(user: string, view: unknown, onTop: boolean): View {
    const json = checked(view);
    const stack = stackOf(user);
    if (!onTop) stack.length = 0;
    demand(stack.length < VIEWS.stack, 'push_limit_reached');
    const external = json.external_id;
    demand(!external || ![...stacks.values()].flat().some(view => view.external_id === external), 'duplicate_external_id');
    const id = `V${hex()}`;
    const fresh = made(json, id, stack[0]?.id ?? id, stack.at(-1)?.id ?? null);
    stack.push(fresh);
    return fresh;
  }

  return {
    open: (user: string, view: unknown) => put(user, view, false),
    push: (user: string, view: unknown) => put(user, view, true),
    update({ view_id, external_id, hash, view }: Json): View {
      demand(view_id || external_id, 'invalid_arguments');
      const json = checked(view);
      for (const stack of stacks.values()) {
        const i = stack.findIndex(each => (view_id ? each.id === view_id : each.external_id === external_id));
        if (i < 0) continue;
        demand(!hash || hash === stack[i].hash, 'hash_conflict');
        stack[i] = made(json, stack[i].id, String(stack[i].root_view_id), stack[i].previous_view_id as string | null);
        return stack[i];
      }
      return demand(false, 'not_found') as never;
    },
    /** What lies before `user` (the room's id) now. */
    top: (user: string): View | undefined => stackOf(user).at(-1),
    pop: (user: string) => stackOf(user).pop(),
    clear: (user: string) => void (stackOf(user).length = 0),
  };
}
