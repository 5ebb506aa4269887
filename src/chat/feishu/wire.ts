// What Feishu sends us, as far as we read it: events as the SDK's dispatcher hands them on (header and event in one object), and messages.

export type Ids = { open_id?: string };
export type Base = { event_id?: string; event_type?: string; create_time?: string; tenant_key?: string };

export type Received = Base & {
  sender: { sender_id?: Ids; sender_type: string; tenant_key?: string };
  message: {
    message_id: string;
    root_id?: string;
    parent_id?: string;
    thread_id?: string;
    create_time?: string;
    chat_id: string;
    chat_type: string;
    message_type: string;
    content: string;
    mentions?: { key: string; id: Ids | string; name: string }[];
  };
};
export type Reacted = Base & { message_id?: string; operator_type?: string; user_id?: Ids; reaction_type?: { emoji_type: string } };
export type Recalled = Base & { message_id?: string; chat_id?: string };
export type Entered = Base & { chat_id?: string; operator_id?: Ids };
export type Membership = Base & { chat_id?: string; users?: { name?: string; user_id?: Ids }[] };
export type Pressed = Base & {
  operator?: Ids & { tenant_key?: string };
  token?: string;
  action?: { tag?: string; value?: unknown; name?: string; form_value?: Record<string, unknown> };
  context?: { open_message_id?: string; open_chat_id?: string };
};

/** A message as `im.message.get` and `list` give it. */
export type Item = {
  message_id?: string;
  root_id?: string;
  parent_id?: string;
  thread_id?: string;
  msg_type?: string;
  create_time?: string;
  update_time?: string;
  deleted?: boolean;
  updated?: boolean;
  chat_id?: string;
  sender?: { id: string; id_type: string; sender_type: string; tenant_key?: string };
  body?: { content: string };
  mentions?: { key: string; id: string; name: string }[];
  message_app_link?: string;
};
