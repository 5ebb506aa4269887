// Slack as a place of stories: what people there do and see, over the fake and its real wire.
import { sampleRows, sampleStory } from '../../../src/chat/local/sample-team.ts';
import { say } from '../../../src/words/words.ts';
import type { File, Place, Press, Seen, Tape, Where } from '../person.ts';
import { until } from '../room.ts';
import type { Settled, Settling } from '../settle-in.ts';
import { signsOf } from './contract.ts';
import { type Drawn, drawn } from './eyes.ts';
import type { FakeSlack } from './fake.ts';
import { fieldsOf, initialOf, nextModal, send } from './forms.ts';
import { roomId } from './ids.ts';
import { messageJson } from './message.ts';
import { inputsOf, statesOf } from './states.ts';
import type { Json } from './team.ts';

type Message = FakeSlack['team']['state']['messages'] extends ReadonlyMap<string, infer M> ? M : never;
/** How a card of ours says that a file hangs below it. */
const FILE_LINE = new RegExp(`^${say('en', 'slackFace.file', { name: '' })}(.+)$`, 'gm');
const AGAIN_MS = 200;
const PATIENCE_MS = 30_000;

/** A message's moment without its point, as it stands in the message's address. */
const nameOf = (ts: string) => ts.replace('.', '');
const tsOf = (name: string) => `${name.slice(0, -6)}.${name.slice(-6)}`;

/** How the people of `slack` settle in with the bot whose output this is. `setUp` gets what is said for that: no story is told of it. */
export function settlingIn({ team: { state }, hands }: FakeSlack, setUp: Set<string>, output: () => string): Settling {
  async function command(user: string, channel: string, text: string, answer = /./s): Promise<void> {
    const before = new Set(state.messages.keys());
    await hands.say(user, { channel }, text);
    const answers = () =>
      [...state.messages.values()].filter(
        ({ id, author, channel: where, onlyFor = user, markdown }) =>
          author === state.bot && where === channel && onlyFor === user && !before.has(id) && answer.test(markdown),
      );
    const answered = await until(() => (answers().length > 0 ? answers() : undefined), `an answer to ${text.slice(0, 20)}`, PATIENCE_MS);
    for (const { id } of answered) setUp.add(id);
  }
  return {
    output,
    command: (user, text, answer) => command(user, hands.directWith(user), text, answer),
    commandIn: (user, channel, text) => command(user, channel, text),
  };
}

export function slackPlace(slack: FakeSlack, settled: Settled, setUp: ReadonlySet<string>): Place {
  const { team, hands, views } = slack;
  const { state } = team;
  const names = { person: (id: string) => team.personOf(id).name, channel: (id: string) => team.channelOf(id).name };
  const people = () => [...state.people.values()].filter(({ bot }) => !bot).map(({ id }) => id);
  const channels = () => [...state.channels.values()];
  const idOf = (seen: Seen) => team.idOf(tsOf(seen.id)) ?? '';

  function channelOf(user: string, { in: name, thread }: Where): string {
    if (name === 'direct' || thread?.channel === 'direct') return hands.directWith(user);
    const wanted = thread?.channel ?? name;
    const found = channels().find(channel => channel.kind !== 'direct' && (wanted === undefined || channel.name === wanted));
    if (!found) throw new Error(`no channel ${wanted}`);
    return found.id;
  }

  const visible = (user: string) => (message: Message) =>
    team.isIn(user, message.channel) && !message.deleted && (!message.onlyFor || message.onlyFor === user);

  /** Nobody reads on before the file is there that a message speaks of. */
  function hasItsFiles(message: Message): boolean {
    if (message.author !== state.bot || message.files.length > 0) return true;
    const spoken = [...drawn(messageJson(team, message), names).text.matchAll(FILE_LINE)].map(([, name]) => name);
    const there = spoken.length > 0 ? filesOf(message).map(({ name }) => name) : [];
    return spoken.every(name => there.includes(name));
  }

  /** Files that the bot has put below its message are seen with it. */
  function filesOf(message: Message): File[] {
    const below = team.replies(message.id).filter(({ author, files }) => author === state.bot && files.length > 0);
    return [message, ...below].flatMap(({ files }) =>
      files.map(({ id, name }) => ({ name, text: Buffer.from(team.bytes.get(id)!).toString() })),
    );
  }

  function seen(message: Message): Seen {
    const { id, author, channel, thread, onlyFor, reactions } = message;
    const json = messageJson(team, message);
    const { text, links, buttons } = drawn(json, names);
    const { kind, name } = state.channels.get(channel)!;
    return {
      id: nameOf(team.ts(id)),
      text: author === state.bot ? text : asTyped(message),
      links,
      buttons,
      bytes: JSON.stringify({ id: nameOf(team.ts(id)), ...json }),
      author: team.userId(author),
      channel: kind === 'direct' ? 'direct' : name,
      thread: thread && nameOf(team.ts(thread)),
      private: onlyFor !== undefined || (kind === 'direct' && author === state.bot),
      signs: signsOf(reactions, state.bot),
      files: author === state.bot ? filesOf(message) : [],
    };
  }

  /** What lies above everything else, until it is closed. */
  function modalOf(user: string): Seen[] {
    const view = views.top(user);
    if (!view) return [];
    const { text, links, buttons } = drawn({ blocks: view.blocks }, names);
    const title = (view.title as { text: string }).text;
    return [
      {
        id: view.id,
        text: `${title}\n${text}`,
        links,
        buttons,
        bytes: JSON.stringify(view),
        author: team.botUser,
        channel: '',
        private: true,
        signs: [],
        files: [],
      },
    ];
  }

  /** Slack says that the app does not answer: people try again. */
  async function again<T>(what: () => Promise<T>): Promise<T> {
    for (const until = Date.now() + PATIENCE_MS; ; await new Promise(resolve => setTimeout(resolve, AGAIN_MS))) {
      try {
        return await what();
      } catch (error) {
        const nobody = ['dispatch_failed', 'connection_failed'].includes((error as { reason?: string }).reason ?? '');
        if (!nobody || Date.now() > until) throw error;
      }
    }
  }

  async function press(as: string, at: Seen, label: string, { untick, asItWas = false }: Press = {}): Promise<void> {
    const user = roomId(as);
    const message = state.messages.get(idOf(at));
    const now = message && drawn(messageJson(team, message), names);
    const button = ((asItWas ? at.buttons : now?.buttons) as Drawn['buttons'] | undefined)?.get(label);
    if (!button) throw new Error(`no button “${label}” on: ${now?.text ?? at.text}`);
    const blocks = team.extraOf(message!.id).blocks ?? [];
    const left = (options: Json[]) => options.filter(({ text }) => !untick?.test((text as { text: string }).text));
    const values = statesOf(blocks, ({ element }) =>
      untick && element.type === 'checkboxes' ? { selected_options: left((element.initial_options as Json[]) ?? []) } : undefined,
    );
    // Each box that changes is told by itself, as it happens; then the press, with all of them.
    for (const input of inputsOf(blocks)) {
      const { selected_options } = values[input.block_id][input.element.action_id] as { selected_options?: Json[] };
      const before = (input.element.initial_options as Json[] | undefined) ?? [];
      if (selected_options && selected_options.length < before.length)
        await again(() => hands.tick(user, message!.id, input, selected_options, values));
    }
    await again(() => hands.press(user, message!.id, button, values));
  }

  async function form(as: string, at: Seen, label: string) {
    await press(as, at, label);
    const view = await nextModal(slack, roomId(as));
    if (!fieldsOf(view)) throw new Error(`“${label}” opens no form: ${modalOf(roomId(as))[0]?.text}`);
    return view;
  }

  const openChannels = () => channels().flatMap(({ id, kind }) => (kind === 'open' ? [id] : []));

  async function comeIn(id: string): Promise<void> {
    for (const channel of openChannels()) await hands.membership(id, channel, true);
  }

  return {
    async person(name, guest = false) {
      const known = [...state.people.values()].find(person => person.name === name);
      if (known) return team.userId(known.id);
      const id = await hands.person(name, guest ? 'restricted' : undefined);
      await comeIn(id);
      if (!guest) await settled.arrives(id, openChannels());
      return team.userId(id);
    },
    async channel(name, purpose) {
      if (team.channelNamed(name)) return;
      const channel = await hands.channel(settled.owner() ?? people()[0], name, { purpose, members: [...people(), state.bot] });
      await settled.opens(channel);
    },
    async sampleTeam(lang) {
      const rows = await sampleRows(lang);
      const by = settled.owner() ?? people()[0];
      const story = sampleStory(rows, { lang, by, now: Date.now(), newId: kind => team.room.newId(kind) }, state);
      const part = (kinds: string[]) => story.filter(({ kind }) => kinds.includes(kind));
      const before = openChannels();
      // First there are people and channels and the bot among them; then they talk; then they approve.
      await team.room.load(by, `people ${lang}`, () => part(['joined', 'made']));
      for (const channel of openChannels().filter(id => !before.includes(id))) {
        await team.changeChannel(by, channel, () => ({ members: [...people(), state.bot] }));
        await settled.opens(channel);
      }
      await team.room.load(by, `talk ${lang}`, () => part(['said']));
      await team.room.load(by, `approvals ${lang}`, () => part(['reacted']));
    },
    async say(as, where, text, files) {
      const user = roomId(as);
      await settled.about(user, state.people.get(user)!.name, { text, file: files.length > 0 });
      const channel = channelOf(user, where);
      const thread = where.thread && team.idOf(tsOf(where.thread.thread ?? where.thread.id));
      const typed = thread && text.startsWith('/') ? `@apprentice ${text}` : text;
      const dropped = files.map(file => ({ name: file.name, bytes: Buffer.from(file.text) }));
      const id = await again(() => hands.say(user, { channel, ...(thread && { thread }) }, typed, dropped));
      return seen(state.messages.get(id)!);
    },
    react: async (as, at, sign, on) => void (await hands.react(roomId(as), idOf(at), sign, on)),
    press,
    open: async (as, at, label) => initialOf(await form(as, at, label)),
    async fill(as, at, label, fields) {
      const errors = await send(slack, roomId(as), await form(as, at, label), fields);
      if (errors) throw new Error(JSON.stringify(errors));
    },
    edit: async (as, at, text) => void (await hands.edit(roomId(as), idOf(at), text)),
    remove: async (as, at) => void (await hands.remove(roomId(as), idOf(at))),
    async messages(as) {
      const user = roomId(as);
      const all = [...state.messages.values()]
        .filter(visible(user))
        .filter(({ id }) => !setUp.has(id))
        .filter(hasItsFiles);
      return [...all.map(seen), ...modalOf(user)];
    },
    async record(as): Promise<Tape> {
      const user = roomId(as);
      const pieces: string[] = [];
      const stop = team.room.watch(entry => {
        const id = 'message' in entry ? entry.message.id : 'id' in entry ? entry.id : '';
        const message = state.messages.get(id);
        if (message && visible(user)(message)) pieces.push(seen(message).bytes);
      });
      return { pieces: () => [...pieces], stop: () => void stop() };
    },
  };

  function asTyped({ markdown }: Message): string {
    return markdown.replace(/\[(@[^\]]+)\]\(person:\w+\)/g, '$1');
  }
}
