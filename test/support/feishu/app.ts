// The calls about the app itself: its token, its bot, what it may do, its slash commands, and the endpoint of the long connection.
import type { Cloud } from './cloud.ts';
import type { Route } from './gateway.ts';
import { newFeishuId } from './ids.ts';
import { CODES, type CodeName, LIMITS, refuse } from './limits.ts';

export type App = {
  id: string;
  secret: string;
  scopes: Set<string>;
  /** scopes asked for in the console whose version is not published yet */
  unpublished: Set<string>;
  /** token → when it ends, in milliseconds since 1970 */
  tokens: Map<string, number>;
  commands: Map<string, { command: string; description: unknown }>;
  /** who made it, where somebody of this tenant did */
  owner?: string;
  /** tenants where slash commands have come already */
  hasCommands: boolean;
};

export function appRoutes(cloud: Cloud, app: App, connect: () => { raw: unknown }): Route[] {
  const said = (name: CodeName) => ({ raw: { code: CODES[name].code, msg: CODES[name].msg } });

  function commandOf(body: Record<string, unknown>): { command: string; description: unknown } {
    const { command, description } = body;
    if (typeof command !== 'string' || !/^[a-z][a-z0-9_-]{0,31}$/.test(command)) refuse('badCommand', 'invalid command');
    if (typeof (description as { default_value?: unknown } | undefined)?.default_value !== 'string') refuse('badCommand', 'no description');
    return { command: command as string, description };
  }
  const had = (id: string) => app.commands.get(id) ?? refuse('commandGone');
  const COMMANDS = '/open-apis/application/v7/app_slash_commands';
  const scopes = ['application:app_slash_command:write'];
  const needCommands = () => app.hasCommands || refuse('noSuchApi', COMMANDS);

  return [
    {
      call: 'POST /open-apis/auth/v3/tenant_access_token/internal',
      open: true,
      body: ['app_id', 'app_secret'],
      run({ body }) {
        if (body.app_id !== app.id) return said('badApp');
        if (body.app_secret !== app.secret) return said('badSecret');
        const token = newFeishuId('token');
        app.tokens.set(token, cloud.clock() + LIMITS.tokenSeconds * 1000);
        return { raw: { code: 0, msg: 'ok', tenant_access_token: token, expire: LIMITS.tokenSeconds } };
      },
    },
    {
      call: 'POST /callback/ws/endpoint',
      open: true,
      body: ['AppID', 'AppSecret'],
      run: ({ body }) =>
        body.AppID === app.id && body.AppSecret === app.secret ? connect() : { raw: { ...said('endpointAuth').raw, data: {} } },
    },
    {
      call: 'GET /open-apis/bot/v3/info',
      run: () => ({
        raw: {
          code: 0,
          msg: 'ok',
          bot: { activate_status: 2, app_name: cloud.bot.name, avatar_url: '', ip_white_list: [], open_id: cloud.bot.id },
        },
      }),
    },
    {
      call: 'GET /open-apis/application/v6/scopes',
      run: () => ({
        scopes: [
          ...[...app.scopes].map(scope_name => ({ scope_name, grant_status: 1, scope_type: 'tenant' })),
          ...[...app.unpublished].map(scope_name => ({ scope_name, grant_status: 2, scope_type: 'tenant' })),
        ],
      }),
    },
    {
      call: 'GET /open-apis/application/v6/applications/:app_id',
      scopes: ['application:application:self_manage', 'admin:app.info:readonly'],
      query: ['lang!', 'user_id_type'],
      run({ params }) {
        if (params.app_id !== app.id && params.app_id !== 'me') refuse('badParameter', 'invalid app_id');
        return {
          app: {
            app_id: app.id,
            app_name: cloud.bot.name,
            status: 1,
            ...(app.owner && { creator_id: app.owner, owner: { type: 2, owner_id: app.owner } }),
            online_version_id: 'oav_1',
            unaudit_version_id: app.unpublished.size > 0 ? 'oav_2' : '',
            scopes: [...app.scopes].map(scope => ({ scope, description: '', level: 1 })),
          },
        };
      },
    },
    {
      call: `GET ${COMMANDS}`,
      scopes,
      query: ['page_size', 'page_token'],
      run() {
        needCommands();
        return { items: [...app.commands].map(([id, command]) => ({ command_id: id, ...command })), has_more: false };
      },
    },
    {
      call: `POST ${COMMANDS}`,
      scopes,
      body: ['command!', 'description!'],
      run({ body }) {
        needCommands();
        const command = commandOf(body);
        if ([...app.commands.values()].some(other => other.command === command.command)) refuse('commandTaken');
        const id = newFeishuId('event');
        app.commands.set(id, command);
        return { command_id: id };
      },
    },
    {
      call: `PATCH ${COMMANDS}/:command_id`,
      scopes,
      body: ['command', 'description'],
      run({ params, body }) {
        needCommands();
        app.commands.set(params.command_id, commandOf({ ...had(params.command_id), ...body }));
      },
    },
    {
      call: `DELETE ${COMMANDS}/:command_id`,
      scopes,
      run({ params }) {
        needCommands();
        had(params.command_id);
        app.commands.delete(params.command_id);
      },
    },
  ];
}
