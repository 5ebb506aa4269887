// The messages of a chat or of a thread as Feishu lists them, page after page.
import type { Api } from './api.ts';
import type { Item } from './wire.ts';

const PAGE = 50;

export type Listed = {
  container_id_type: 'chat' | 'thread';
  container_id: string;
  sort_type?: 'ByCreateTimeAsc' | 'ByCreateTimeDesc';
  /** seconds since 1970; a list of a thread takes no times */
  start_time?: string;
  end_time?: string;
};

/** A list of a chat holds no replies in threads. Of a card it has the JSON that was sent. */
export async function* messagePages({ client, ask }: Pick<Api, 'client' | 'ask'>, listed: Listed): AsyncIterable<Item> {
  const params = { sort_type: 'ByCreateTimeAsc' as const, ...listed, page_size: PAGE, card_msg_content_type: 'user_card_content' };
  for (let page_token: string | undefined; ; ) {
    const page = await ask<{ items?: Item[]; has_more?: boolean; page_token?: string }>(() =>
      client.im.v1.message.list({ params: { ...params, page_token } }),
    );
    yield* page?.items ?? [];
    page_token = page?.page_token;
    if (!page?.has_more || !page_token) return;
  }
}
