// The bot around one chat: database, queue, inbox, sender and followers, built here and handed to each other. main and demo use it.
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bot } from './bot/bot.ts';
import { startErasing } from './bot/erase-old.ts';
import { startFollowing } from './bot/follow.ts';
import { formFor } from './bot/forms.ts';
import { receive, startInbox } from './bot/inbox.ts';
import { claimCode } from './bot/rights/claim-code.ts';
import { tellUnsaid } from './bot/tell-unsaid.ts';
import type { Card, Chat, Recipient } from './chat/chat.ts';
import { RetryLater } from './chat/errors.ts';
import { type PostStore, startSender } from './chat/posts.ts';
import type { Db } from './data/database.ts';
import { openDatabase } from './data/database.ts';
import { listen } from './data/listen.ts';
import { NOTICE_CHANNELS } from './data/notices.ts';
import { claimDuePosts, giveUpPost, markPostSent, releasePosts, retryPost } from './data/posts.ts';
import { ensureWorkspace, setTrainingAllowed } from './data/workspaces.ts';
import type { Log } from './log.ts';
import { openQueue } from './queue/queue.ts';
import type { Lang } from './words/words.ts';

const RETAIN_DAYS = 30;

export type BotOptions = {
  databaseUrl: string;
  redisUrl?: string;
  dataDir: string;
  lang: Lang;
  log: Log;
  /** TRAINING_ALLOWED; the local chat needs no such word. */
  trainingAllowed?: boolean;
  /** RETAIN_DAYS: so long texts are kept once they have come to rest. */
  retainDays?: number;
  /** Told at every start as long as the workspace has no owner: the code that makes its sender the owner. Never in the local chat. */
  onClaimCode?(code: string): void;
  /** The workspace has thrown the bot out. */
  onEnded?(): void;
  consent?: Bot['consent'];
};

/** Starts the bot in `chat`. The tables must be there already. `stop` lets what is in flight finish, then disconnects. */
export async function startBot(chat: Chat, options: BotOptions): Promise<{ stop(): Promise<void> }> {
  const { databaseUrl, redisUrl, log } = options;
  const database = openDatabase(databaseUrl);
  const { db } = database;
  const known = await ensureWorkspace(db, chat.platform, chat.workspace);
  const workspace = await setTrainingAllowed(db, known, options.trainingAllowed ?? false, 'TRAINING_ALLOWED');
  const queue = openQueue({ databaseUrl, redisUrl, onError: error => log.warn({ err: error }, 'queue') });
  const bot: Bot = {
    db,
    chat,
    workspace,
    lang: options.lang,
    ...(options.consent && { consent: options.consent }),
    splitKey: createHmac('sha256', installationKey(options.dataDir)).update('split').digest('hex'),
    wake: (job, id) => queue.enqueue(job, { run: { run: id }, question: { question: id }, leaks: { search: id } }[job]),
    ended() {
      log.warn({ platform: chat.platform, workspace: chat.workspace }, 'uninstalled: nothing is learned there any more');
      options.onEnded?.();
    },
    report: (problem, what) => log.error({ err: problem }, what),
  };
  const code = await claimCode(bot);
  if (code !== undefined) options.onClaimCode?.(code);
  await releasePosts(db, workspace.id);
  const sender = startSender({
    chat,
    store: postStore(db, workspace.id),
    // Being asked to wait is part of it.
    onProblem: (key, error) => log[error instanceof RetryLater ? 'debug' : 'warn']({ err: error, key }, 'post'),
    onGivenUp: (post, error) => tellUnsaid(bot, post, error),
  });
  const inbox = startInbox(bot);
  const follower = startFollowing(bot);
  const erasing = startErasing(bot, options.retainDays ?? RETAIN_DAYS);
  const notices = await listen(databaseUrl, [...NOTICE_CHANNELS], notice => {
    if (notice === 'reconnected' || notice.channel === 'posts_changed') sender.wake();
    if (notice === 'reconnected' || notice.channel === 'inbox_changed') inbox.wake();
    follower.hear(notice);
  });
  await chat.start({ onEvent: event => receive(bot, event), formFor: press => formFor(bot, press) });

  return {
    async stop() {
      await chat.stop();
      await inbox.stop();
      await follower.stop();
      await erasing.stop();
      await sender.stop();
      await notices.close();
      await queue.close();
      await database.close();
    },
  };
}

/** The sender's desired state is the table of posts. */
const postStore = (db: Db, workspace: number): PostStore => ({
  claimDue: async () =>
    (await claimDuePosts(db, workspace)).map(({ key, rev, channel, thread, recipient, at, body }) => ({
      key,
      rev,
      place: { channel, thread },
      recipient: recipient as Recipient | undefined,
      at,
      card: body as unknown as Card,
    })),
  markSent: (key, rev, ref) => markPostSent(db, workspace, key, rev, ref),
  retryLater: (key, ms) => retryPost(db, workspace, key, ms),
  giveUp: (key, rev, reason) => giveUpPost(db, workspace, key, rev, reason),
});

/** The secret of this installation (DATA_DIR/key, made once, readable by its owner only). */
function installationKey(dataDir: string): Buffer {
  const file = join(dataDir, 'key');
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file);
}
