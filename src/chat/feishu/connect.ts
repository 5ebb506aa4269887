// Who we are to Feishu: the credentials are tried, and the bot learns its own name and id, before anything else happens.
import { Refusal } from '../../problem.ts';
import type { Api } from './api.ts';
import { FeishuProblem, means } from './codes.ts';

export type Me = { openId: string; name: string };

/** A Feishu that is busy or broken for a moment is waited for; afterwards somebody should hear of it. */
const PATIENCE_MS = 15_000;
const PAUSE_MS = 1_000;

/**
 * Refuses with `feishu.badCredentials`, `feishu.noBot` (the bot ability is off, or no version of the app was published),
 * `feishu.unreachable`, or `feishu.notNow` with Feishu's code.
 */
export async function whoAmI(api: Api): Promise<Me> {
  try {
    const bot = await patiently(api, api.clock.now() + PATIENCE_MS);
    if (!bot?.open_id) throw new Refusal('feishu.noBot');
    return { openId: bot.open_id, name: bot.app_name ?? '' };
  } catch (cause) {
    if (!(cause instanceof FeishuProblem)) throw cause;
    if (means(cause, 'credentials')) throw new Refusal('feishu.badCredentials', {}, { cause });
    if (means(cause, 'off', 'scope')) throw new Refusal('feishu.noBot', {}, { cause });
    if (cause.unanswered) throw new Refusal('feishu.unreachable', { domain: api.domain }, { cause });
    throw new Refusal('feishu.notNow', { code: cause.code }, { cause });
  }
}

type Info = { open_id?: string; app_name?: string };

/** Where Feishu answers that it cannot answer now, again until `until`. Where nobody answers at all, waiting helps little. */
async function patiently(api: Api, until: number): Promise<Info | undefined> {
  const { client, send, clock } = api;
  try {
    return await send<Info>(async () => {
      const answer = await client.request<{ bot?: Info }>({ method: 'GET', url: '/open-apis/bot/v3/info' });
      return { data: answer.bot };
    });
  } catch (error) {
    const passes = error instanceof FeishuProblem && (error.meaning === 'wait' || error.status >= 500);
    const ms = (error instanceof FeishuProblem && error.resetMs) || PAUSE_MS;
    if (!passes || clock.now() + ms > until) throw error;
    await clock.sleep(ms);
    return patiently(api, until);
  }
}
