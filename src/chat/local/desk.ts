// What a page can do in a room, for any of its people: the room's side of the web server.
import { Refusal } from '../../problem.ts';
import type { Lang } from '../../words/words.ts';
import type { Ack, Attachment, Curve, Form, Place } from '../chat.ts';
import { openBotSilence } from './bot-silence.ts';
import type { Press, Room } from './room.ts';
import { sampleRows, sampleStory } from './sample-team.ts';
import { isEmoji } from './signs.ts';
import { type View, viewOf } from './view.ts';

/** How long a press waits for the bot; what it did is kept anyhow, and its outcome then comes as a message. */
const ANSWER_WITHIN_MS = 3_000;

export type Desk = {
  /** What `person` (an unknown one: the first person there) sees of what changed since. */
  view(person: string, since: number): View;
  /** Called after every change, and when the bot falls silent. */
  watch(changed: () => void): () => void;
  say(person: string, place: Place, text: string, files: string[]): Promise<void>;
  /** The bot's answer, or nothing when it takes longer than three seconds. */
  press(press: Press): Promise<Ack>;
  formFor(press: Press): Promise<Form | undefined>;
  react(person: string, message: string, sign: string, on: boolean): Promise<void>;
  edit(person: string, message: string, text: string): Promise<void>;
  remove(person: string, message: string): Promise<void>;
  addPerson(name: string, kind?: { guest?: boolean }): Promise<{ id: string; name: string }>;
  addChannel(person: string, name: string, purpose: string): Promise<{ id: string; name: string }>;
  /** Puts the sample team of that language into the room, if it is not there yet. */
  loadSampleTeam(person: string, lang: Lang): Promise<void>;
  chooseLanguage(person: string, lang: Lang): Promise<void>;
  upload(name: string, mime: string, bytes: Uint8Array): Promise<Attachment>;
  file(id: string): Promise<{ name: string; bytes: Uint8Array }>;
  /** The curve of a card: part `n` of a message, if that is one. */
  curve(message: string, n: number): Curve | undefined;
};

export function openDesk(room: Room): Desk {
  /** Uploaded and not yet sent: only what came through here may be attached. */
  const uploads = new Map<string, Attachment>();
  const silence = openBotSilence(room);

  function attachments(ids: string[]): Attachment[] {
    return ids.map(id => {
      const file = uploads.get(id);
      if (!file) throw new Refusal('chat.fileGone');
      return file;
    });
  }

  return {
    view(person, since) {
      const known = room.state.people.get(person) ?? [...room.state.people.values()].find(({ bot }) => !bot);
      if (!known) throw new Refusal('chat.personGone');
      return viewOf(room, known.id, since, silence.isSilent());
    },
    watch(changed) {
      const [unwatch, unwatchSilence] = [room.watch(changed), silence.watch(changed)];
      return () => {
        unwatch();
        unwatchSilence();
      };
    },
    async say(person, place, text, files) {
      await room.say(person, place, text, attachments(files));
      for (const id of files) uploads.delete(id);
    },
    async press(press) {
      const { heard } = await room.press(press);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Ack>(resolve => {
        timer = setTimeout(() => resolve({}), ANSWER_WITHIN_MS);
      });
      return Promise.race([heard, late]).finally(() => clearTimeout(timer));
    },
    formFor: room.formFor,
    async react(person, message, sign, on) {
      if (!isEmoji(sign)) throw new Refusal('chat.badSign');
      await room.react(person, message, sign, on);
    },
    edit: async (person, message, text) => void (await room.edit(person, message, text)),
    remove: async (person, message) => void (await room.remove(person, message)),
    addPerson: room.addPerson,
    addChannel: (person, name, purpose) => room.addChannel(person, { name, purpose }),
    async loadSampleTeam(person, lang) {
      const rows = await sampleRows(lang);
      const options = { lang, by: person, now: Date.now(), newId: room.newId };
      await room.load(person, `sample-team:${lang}`, state => sampleStory(rows, options, state));
    },
    chooseLanguage: room.chooseLanguage,
    async upload(name, mime, bytes) {
      const file = await room.keepFile(name, mime, bytes);
      uploads.set(file.id, file);
      return file;
    },
    async file(id) {
      const bytes = await room.file(id);
      const sent = [...room.state.messages.values()].flatMap(message => message.files).find(file => file.id === id);
      if (!bytes || !sent) throw new Refusal('chat.fileGone');
      return { name: sent.name, bytes };
    },
    curve(message, n) {
      const part = room.state.messages.get(message)?.card?.parts[n];
      return part && 'curve' in part ? part.curve : undefined;
    },
  };
}
