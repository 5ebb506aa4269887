// Who we are to Feishu: the credentials are tried, and the bot learns its own name and id, before anything else happens.
import { Refusal } from '../../problem.ts';
import type { Api } from './api.ts';
import { FeishuProblem, means } from './codes.ts';

export type Me = { openId: string; name: string };

/**
 * Refuses with `feishu.badCredentials`, `feishu.noBot` (the bot ability is off, or no version of the app was published),
 * `feishu.unreachable`, or `feishu.notNow` with Feishu's code.
 */
export async function whoAmI({ client, send, domain }: Api): Promise<Me> {
  try {
    const bot = await send<{ open_id?: string; app_name?: string }>(async () => {
      const answer = await client.request<{ bot?: { open_id?: string; app_name?: string } }>({
        method: 'GET',
        url: '/open-apis/bot/v3/info',
      });
      return { data: answer.bot };
    });
    if (!bot?.open_id) throw new Refusal('feishu.noBot');
    return { openId: bot.open_id, name: bot.app_name ?? '' };
  } catch (cause) {
    if (!(cause instanceof FeishuProblem)) throw cause;
    if (means(cause, 'credentials')) throw new Refusal('feishu.badCredentials', {}, { cause });
    if (means(cause, 'off', 'scope')) throw new Refusal('feishu.noBot', {}, { cause });
    if (cause.unanswered) throw new Refusal('feishu.unreachable', { domain }, { cause });
    throw new Refusal('feishu.notNow', { code: cause.code }, { cause });
  }
}
