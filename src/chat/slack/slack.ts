// Slack: src/chat/chat.ts over Slack's Web API, with events by Socket Mode or, with a signing secret, over HTTP. Built here, from its parts.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Lang } from '../../words/words.ts';
import type { Chat, ChatHandlers, MessageRef, Recipient } from '../chat.ts';
import { openAttached } from './attached.ts';
import { openCalls } from './calls.ts';
import { openChannels } from './channels.ts';
import { checkAppToken, whoAmI } from './connect.ts';
import { type Delivered, openDelivered } from './delivered.ts';
import type { Callback } from './events.ts';
import { openFiles } from './files.ts';
import { openForms } from './forms.ts';
import { openPushes, PUSH_PATH } from './http.ts';
import { openKeys } from './keys.ts';
import { openNames } from './names.ts';
import { openPeople } from './people.ts';
import { type Draw, openPictures } from './pictures.ts';
import { openPosts } from './posts.ts';
import { openPrivate } from './private.ts';
import { receiveBy } from './receive.ts';
import { codeOf, isTokenProblem } from './refused.ts';
import { APPROVE, SIGNS } from './signs.ts';
import { openSnapshots } from './snapshot.ts';
import { openSocket } from './socket.ts';

const KEEP_AGAIN_MS = 1_000;

export type SlackOptions = {
  /** xoxb-… */
  botToken: string;
  /** xapp-…, for Socket Mode */
  appToken?: string;
  /** set = events come over HTTP, to `receivers` */
  signingSecret?: string;
  /** another Slack than slack.com, with a slash at its end */
  apiUrl?: string;
  /** names of the reactions that approve; default ✅ and the heavy check mark */
  approve?: string[];
  lang: Lang;
  /** draws the curves of cards; without it their words stand there */
  draw?: Draw;
  /**
   * What an operator should know, by Slack's code or ours (`behind`, `unreachable`, `bad_signature`, `bad_clock`, `bug`); never people's text.
   * Where a token is no good any more, `values` names its `variable`.
   */
  onProblem(code: string, about: { values?: Record<string, string | number>; error?: unknown }): void;
};

export type SlackChat = Chat & {
  /** what the workspace is called */
  readonly name: string;
  readonly transport: 'socket' | 'http';
  /** path → who receives there: Slack's pushes, in HTTP mode */
  readonly receivers?: Record<string, (request: IncomingMessage, response: ServerResponse) => void>;
};

/** Refuses (Refusal) with slack.badToken, slack.badAppToken, slack.orgWide, slack.missingScope or slack.unreachable. */
export async function openSlack(options: SlackOptions): Promise<SlackChat> {
  const { botToken, appToken, signingSecret, apiUrl, approve = APPROVE, lang, draw, onProblem } = options;
  const startedAt = Date.now();
  const me = await whoAmI(botToken, apiUrl);
  if (!signingSecret) await checkAppToken(appToken ?? '', apiUrl);

  const problem = (error: unknown) => onProblem(codeOf(error) ?? 'bug', { error });
  const ofToken = (code: string, variable: string): Record<string, string> => (isTokenProblem(code) ? { variable } : {});
  const calls = openCalls({
    token: botToken,
    apiUrl,
    lang,
    onProblem: (code, values) => onProblem(code, { values: { ...values, ...ofToken(code, 'SLACK_BOT_TOKEN') } }),
  });
  const { apiCall } = calls;
  const people = openPeople(calls, me);
  const channels = openChannels(calls, people);
  const names = openNames(people.person, channels.channel);
  const files = openFiles(calls, { token: botToken, apiUrl, lang });
  const pictures = openPictures(calls, files, { draw, onProblem: problem });
  const posts = openPosts({ calls, keys: openKeys(calls, me, startedAt), pictures, attached: openAttached(calls, files, me), lang });
  const { postPrivately } = openPrivate({ calls, posts, lang });
  const { fetchMessage, history } = openSnapshots({ calls, me, names, approve });

  let open: { delivered: Delivered; formFor: ChatHandlers['formFor'] } | undefined;
  const socket = signingSecret
    ? undefined
    : openSocket(appToken ?? '', apiUrl, {
        onProblem: code => onProblem(code, { values: ofToken(code, 'SLACK_APP_TOKEN') }),
        onMissed: () => void tellMissed(),
      });
  const pushes = signingSecret ? openPushes(signingSecret, code => onProblem(code, {})) : undefined;
  const langOf = (person: string): Lang => people.langOf(person) ?? lang;
  const tell = (key: string, to: Recipient, text: string) => postPrivately(key, to, { title: '', parts: [{ markdown: text }] });
  receiveBy((socket ?? pushes)!.receiver, {
    me,
    token: botToken,
    names,
    langOf,
    open: () => open,
    openForm: openForms({ calls, langOf, tell, onProblem: problem }),
    tell,
    onCallback: forgetChannel,
    onCommand: ({ channel_id, channel_name = channel_id }) => channels.heardFrom(channel_id, channel_name),
    onProblem: problem,
  });

  /** A channel to which something happened (also to its name or purpose: messages of such a subtype), or in which somebody came or went, is asked for anew. */
  function forgetChannel({ event: { type, subtype = '', channel, user } }: Callback): void {
    if (!/^(?:channel|group)_|^member_/.test(type === 'message' ? subtype : type)) return;
    const id = typeof channel === 'string' ? channel : (channel?.id ?? '');
    channels.forget(id);
    // The list of all guests is older than who has just come. What is wrong with asking, the calls tell by themselves.
    const forgetAgain = () => channels.forget(id);
    if (type === 'member_joined_channel' && user) people.person(user).then(forgetAgain, forgetAgain);
  }

  /** Kept like everything else, however long that takes. */
  async function tellMissed(): Promise<void> {
    const at = new Date();
    const event = { key: `missed:${at.getTime()}`, at, kind: 'missed' as const };
    for (;;) {
      const kept = await open?.delivered.keep(event).catch(problem);
      if (kept || !open) return;
      await new Promise(resolve => setTimeout(resolve, KEEP_AGAIN_MS));
    }
  }

  async function setReaction({ channel, id }: MessageRef, sign: keyof typeof SIGNS, on: boolean): Promise<void> {
    try {
      await apiCall(on ? 'reactions.add' : 'reactions.remove', { channel, timestamp: id, name: SIGNS[sign] });
    } catch (error) {
      const code = (error as { data?: { error?: string } }).data?.error;
      // It is as it should be.
      if (code !== 'already_reacted' && code !== 'no_reaction') throw error;
    }
  }

  return {
    platform: 'slack',
    workspace: me.team,
    name: me.teamName,
    transport: socket ? 'socket' : 'http',
    ...(pushes && { receivers: { [PUSH_PATH]: pushes.receive } }),
    async start({ onEvent, formFor }) {
      if (open) throw new Error('Slack was started already');
      open = { delivered: openDelivered(onEvent), formFor };
      await socket?.open();
    },
    async stop() {
      await open?.delivered.close();
      open = undefined;
      await socket?.close();
    },
    post: posts.post,
    postPrivately,
    setReaction,
    fetchMessage,
    history,
    open: files.open,
    person: people.person,
    channel: channels.channel,
  };
}
