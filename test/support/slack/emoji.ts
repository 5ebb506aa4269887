// The reactions that this Slack knows, by Slack's names, and the pictures that people think of when they set one.

/** Picture → name, as Slack's own list (iamcal/emoji-data) has them. */
const PICTURES: Record<string, string> = {
  '✅': 'white_check_mark',
  '☑️': 'ballot_box_with_check',
  '✔️': 'heavy_check_mark',
  '👍': '+1',
  '👎': '-1',
  '👀': 'eyes',
  '🎉': 'tada',
  '🚀': 'rocket',
  '❤️': 'heart',
  '😀': 'grinning',
  '😄': 'smile',
  '😂': 'joy',
  '🙏': 'pray',
  '🙌': 'raised_hands',
  '👏': 'clap',
  '💯': '100',
  '🔥': 'fire',
  '⭐': 'star',
  '❌': 'x',
  '⏳': 'hourglass_flowing_sand',
  '⌛': 'hourglass',
  '⚙️': 'gear',
  '💾': 'floppy_disk',
  '🧠': 'brain',
  '📌': 'pushpin',
  '🔖': 'bookmark',
  '📝': 'memo',
  '📚': 'books',
  '🎓': 'mortar_board',
  '💭': 'thought_balloon',
  '💬': 'speech_balloon',
  '✏️': 'pencil2',
  '🔄': 'arrows_counterclockwise',
  '🆗': 'ok',
  '👌': 'ok_hand',
  '🤔': 'thinking_face',
  '🤖': 'robot_face',
  '🫡': 'saluting_face',
  '⚠️': 'warning',
  '🛑': 'octagonal_sign',
  '🌱': 'seedling',
  '📥': 'inbox_tray',
  '⚡': 'zap',
  '✨': 'sparkles',
  '🟢': 'large_green_circle',
};
/** docs.slack.dev/reference/events/reaction_added: only these can carry a colour. */
const HANDS = new Set(['+1', '-1', 'pray', 'raised_hands', 'clap', 'ok_hand']);
const NAMES = new Set(Object.values(PICTURES));
const ALIASES: Record<string, string> = { thumbsup: '+1', thumbsdown: '-1' };
const TONE = /::skin-tone-[2-6]$/;

/** The name that Slack keeps, or undefined for none that it knows. */
export function emojiName(said: string): string | undefined {
  const tone = TONE.exec(said)?.[0] ?? '';
  const bare = said.slice(0, said.length - tone.length);
  const name = ALIASES[bare] ?? bare;
  return NAMES.has(name) && (!tone || HANDS.has(name)) ? name + tone : undefined;
}

/** What somebody picks: a picture, or a name with or without colons. */
export function picked(sign: string): string {
  const name = PICTURES[sign] ?? PICTURES[`${sign}\ufe0f`] ?? emojiName(sign.replace(/^:|:$/g, ''));
  if (!name) throw new Error(`this Slack has no emoji ${sign}`);
  return name;
}

const BY_NAME = Object.fromEntries(Object.entries(PICTURES).map(([picture, name]) => [name, picture]));

/** What a person sees for `:name:`. */
export const pictureOf = (name: string): string => BY_NAME[name.replace(TONE, '')] ?? `:${name}:`;
