// What people do in Slack's client: type, react, press, untick, fill in, drop, edit, take away. Each thing goes through Slack's own wire.
import type { Place } from '../../../src/chat/chat.ts';
import type { World } from './call.ts';
import { picked } from './emoji.ts';
import { slackId } from './ids.ts';
import { content, privately } from './methods/chat.ts';
import { mimeOf } from './methods/files.ts';
import type { Outlet } from './outlets.ts';
import { NotAcked } from './outlets.ts';
import { commandPayload, pressPayload, submissionPayload, type Values } from './payloads.ts';
import { answer } from './response-url.ts';
import { statesOf } from './states.ts';
import type { Json } from './team.ts';
import type { View } from './views.ts';

export type Hands = ReturnType<typeof openHands>;
export type Guest = 'restricted' | 'ultra_restricted';
export type DroppedFile = { name: string; bytes: Uint8Array };
/** A button or a choice, and where it stands. */
export type Pressed = { block_id: string; element: Json };

/** All ids are the room's. What an app does not acknowledge in time is an error that the person sees: NotAcked. */
export function openHands(world: World, outlet: () => Outlet) {
  const { team, triggers, views } = world;
  const { room, state } = team;

  const onlyOpen = () => {
    if (!outlet().isOpen()) throw new NotAcked('dispatch_failed');
    return outlet();
  };

  async function command(user: string, { channel }: Place, text: string): Promise<void> {
    const [, name] = /^\/(\S+)/.exec(text) ?? [];
    if (!name || !team.commands.includes(name)) throw new Error(`/${name} is not a valid command`);
    const payload = commandPayload(team, triggers, { user, channel, text });
    const to = onlyOpen();
    await team.happen({ kind: 'commanded', by: user, channel, text });
    const ack = (await to.send('slash_commands', payload)) as Json;
    if (ack.text || ack.blocks) await answer(world, { user, channel }, ack);
  }

  /** Typed into a place: a slash command where it begins with one (none in threads: there it is mere text), else a message. */
  async function say(user: string, place: Place, text: string, files: DroppedFile[] = []): Promise<string> {
    if (text.startsWith('/') && files.length === 0) {
      if (place.thread) throw new Error('/commands are not supported in message threads');
      await command(user, place, text);
      return [...state.messages.keys()].at(-1)!;
    }
    const dropped = await Promise.all(files.map(file => drop(user, file)));
    if (team.channelExtra(place.channel).archived) throw new Error('this channel is archived');
    const { entry } = await room.say(user, place, text, dropped);
    return entry.kind === 'said' ? entry.message.id : '';
  }

  async function drop(user: string, { name, bytes }: DroppedFile) {
    const file = await room.keepFile(name, mimeOf(name), bytes);
    team.files.set(file.id, { user: team.userId(user), name, mimetype: file.mime, size: bytes.length, title: name, readyAt: 0 });
    team.bytes.set(file.id, bytes);
    return file;
  }

  /** Presses it, with whatever is ticked; `changed` are boxes that the person ticked or unticked before. */
  async function press(user: string, message: string, { block_id, element }: Pressed, values?: Values): Promise<void> {
    const stands = state.messages.get(message);
    if (!stands || stands.deleted || (stands.onlyFor && stands.onlyFor !== user)) throw new Error('there is no such message to press on');
    // A modal lies above everything: who presses below it has closed it.
    views.clear(user);
    const { type, action_id, value, text, style } = element;
    const action = { action_id, block_id, text, ...(value !== undefined && { value }), ...(style !== undefined && { style }), type };
    const states = values ?? statesOf(team.extraOf(message).blocks ?? []);
    await onlyOpen().send('interactive', pressPayload(team, triggers, { user, channel: stands.channel, message }, action, states));
  }

  /** A box is ticked or unticked: Slack tells that as an action of its own. */
  async function tick(
    user: string,
    message: string,
    { block_id, element }: Pressed,
    selected_options: Json[],
    values: Values,
  ): Promise<void> {
    const { channel } = state.messages.get(message)!;
    const action = { type: 'checkboxes', action_id: element.action_id, block_id, selected_options };
    await onlyOpen().send('interactive', pressPayload(team, triggers, { user, channel, message }, action, values));
  }

  /** Sends the modal that lies before `user`; what the app finds wrong with it, by block_id. */
  async function submit(user: string, view: View, values: Values): Promise<Record<string, string> | undefined> {
    const ack = (await onlyOpen().send('interactive', submissionPayload(team, triggers, user, view, values))) as Json;
    if (ack.response_action === 'errors') return ack.errors as Record<string, string>;
    if (ack.response_action === 'update') views.update({ view_id: view.id, view: ack.view });
    else if (ack.response_action === 'push') views.push(user, ack.view);
    else if (ack.response_action === 'clear') views.clear(user);
    else views.pop(user);
    return undefined;
  }

  return {
    say,
    command,
    press,
    tick,
    submit,
    drop,
    react: (user: string, message: string, sign: string, on: boolean) => room.react(user, message, picked(sign), on),
    async edit(user: string, message: string, text: string) {
      team.extraOf(message).edited = { user: team.userId(user), ts: team.moment() };
      await room.edit(user, message, text);
    },
    remove: (user: string, message: string) => room.remove(user, message),
    /** By somebody who may: an admin, or the app's owner. */
    removeAny: (message: string) => team.happen({ kind: 'deleted', id: message, by: 'admin' }),
    async person(name: string, guest?: Guest): Promise<string> {
      const known = [...state.people.values()].find(person => person.name === name);
      if (known) return known.id;
      const { id } = await room.addPerson(name, { guest: Boolean(guest) });
      team.personExtra(id).restricted = guest;
      return id;
    },
    async channel(
      by: string,
      name: string,
      { purpose = '', kind = 'open' as 'open' | 'private', members = [by] as string[] } = {},
    ): Promise<string> {
      return (await room.addChannel(by, { name, purpose, kind, members })).id;
    },
    /** Somebody, or the bot, comes into a channel or leaves it. */
    membership: team.member,
    rename: (by: string, channel: string, name: string) => team.changeChannel(by, channel, () => ({ name })),
    /** As Slack's own bot would: what only `user` sees. */
    whisper: (user: string, channel: string, text: string) =>
      privately(world, { channel, person: user, text, extra: content(world, { text }) }),
    directWith: (user: string) =>
      [...state.channels.values()].find(({ kind, members }) => kind === 'direct' && members?.includes(user))!.id,
    slackId,
  };
}
