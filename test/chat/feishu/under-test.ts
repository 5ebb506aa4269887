// The Feishu adapter under the chat contract: the real SDK against the fake Feishu, over one of its two transports.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FeishuChat, openFeishu, WEBHOOK_PATH } from '../../../src/chat/feishu/feishu.ts';
import type { ChatUnderTest } from '../../contracts/chat.ts';
import { type FeishuSide, openFeishuSide } from '../../support/feishu/contract.ts';
import type { FakeFeishu, FakeOptions } from '../../support/feishu/fake.ts';

export type Noted = { level: string; what: string; detail?: Record<string, string | number> };

/** What `openFeishu` needs to get at the fake. What it logs is added to `noted`. */
export const optionsFor = (fake: FakeFeishu, noted: Noted[] = []) => ({
  appId: fake.app.id,
  appSecret: fake.app.secret,
  domain: fake.address,
  lang: 'en' as const,
  commands: [{ name: 'finetune', zh: '训练', en: 'train' }],
  note: (level: string, what: string, detail?: Record<string, string | number>) => void noted.push({ level, what, detail }),
});

export async function openFeishuUnderTest(
  events: 'longConnection' | 'webhook',
  options: FakeOptions = {},
): Promise<ChatUnderTest & { side: FeishuSide; noted: Noted[] }> {
  const side = await openFeishuSide({ events, ...options });
  const { fake } = side;
  const noted: Noted[] = [];
  let server: Server | undefined;
  let chat = await open();

  async function open(): Promise<FeishuChat> {
    const { encryptKey, verificationToken } = fake;
    const opened = await openFeishu({ ...optionsFor(fake, noted), ...(events === 'webhook' && { encryptKey, verificationToken }) });
    const receive = opened.receivers?.[WEBHOOK_PATH];
    if (receive) {
      server = createServer(receive).listen(0, '127.0.0.1');
      await new Promise(resolve => server!.once('listening', resolve));
      await fake.setWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}${WEBHOOK_PATH}`);
    }
    return opened;
  }

  async function close(): Promise<void> {
    await chat.stop();
    fake.dropWebhook();
    server?.closeAllConnections();
    await new Promise(resolve => (server ? server.close(resolve) : resolve(undefined)));
    server = undefined;
  }

  return {
    ...side,
    side,
    noted,
    get chat() {
      return chat;
    },
    editsAreSilent: true,
    async restart() {
      await close();
      chat = await open();
      return chat;
    },
    async close() {
      await close();
      await side.close();
    },
  };
}

/** What the promise fails with; undefined where it does not. */
export const refused = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    error => error,
  );
