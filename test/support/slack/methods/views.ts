// views.*: modals, opened by a trigger that somebody's action has lent.
import type { Method } from '../call.ts';

export const VIEW_METHODS: Record<string, Method> = {
  'views.open': {
    tier: 4,
    scopes: [],
    takes: { trigger_id: 'text', view: 'json', interactivity_pointer: 'text' },
    needs: ['trigger_id', 'view'],
    run: ({ trigger_id, view }, { triggers, views }) => ({ view: views.open(triggers.take(trigger_id), view) }),
  },
  'views.push': {
    tier: 4,
    scopes: [],
    takes: { trigger_id: 'text', view: 'json', interactivity_pointer: 'text' },
    needs: ['trigger_id', 'view'],
    run: ({ trigger_id, view }, { triggers, views }) => ({ view: views.push(triggers.take(trigger_id), view) }),
  },
  'views.update': {
    tier: 4,
    scopes: [],
    takes: { view_id: 'text', external_id: 'text', hash: 'text', view: 'json' },
    needs: ['view'],
    run: (args, { views }) => ({ view: views.update(args) }),
  },
};
