// users.*, bots.info, team.info, auth.test, apps.connections.open: who everybody is, and the way in.
import type { Method } from '../call.ts';
import { userJson } from '../message.ts';
import { demand } from '../refusal.ts';

export const PEOPLE: Record<string, Method> = {
  'auth.test': {
    tier: 'special',
    scopes: [],
    takes: {},
    run: (_, { team }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: 'Harbour',
      user: 'apprentice',
      team_id: team.id,
      user_id: team.botUser,
      bot_id: team.botId,
      ...(team.enterprise && { enterprise_id: team.enterprise }),
      is_enterprise_install: team.orgWide,
    }),
  },
  'apps.connections.open': { tier: 3, token: 'app', scopes: ['connections:write'], takes: {}, run: (_, { ticket }) => ({ url: ticket() }) },
  'team.info': {
    tier: 3,
    scopes: ['team:read'],
    takes: { team: 'text', domain: 'text' },
    run: (_, { team }) => ({ team: { id: team.id, name: 'Harbour', domain: team.domain, email_domain: '', icon: {} } }),
  },
  'bots.info': {
    tier: 3,
    scopes: ['users:read'],
    takes: { bot: 'text' },
    run({ bot }, { team }) {
      demand(bot === undefined || bot === team.botId, 'bot_not_found');
      return { bot: { id: team.botId, deleted: false, name: 'apprentice', app_id: team.appId, user_id: team.botUser, icons: {} } };
    },
  },
  'users.info': {
    tier: 4,
    scopes: ['users:read'],
    takes: { user: 'text', include_locale: 'flag' },
    needs: ['user'],
    run({ user, include_locale }, { team }) {
      const { locale, ...json } = userJson(team, team.personOf(user));
      return { user: { ...json, ...(include_locale ? { locale } : {}) } };
    },
  },
  'users.list': {
    tier: 2,
    scopes: ['users:read'],
    takes: { limit: 'number', cursor: 'text', include_locale: 'flag' },
    run: (_, { team }) => ({
      members: [...team.state.people.values()].map(({ id }) => userJson(team, team.personOf(team.userId(id)))),
      cache_ts: Math.floor(team.now() / 1000),
      response_metadata: { next_cursor: '' },
    }),
  },
};
