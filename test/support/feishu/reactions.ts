// The calls about reactions to a message. A reaction has an id; the bot may take back only its own.
import type { Cloud } from './cloud.ts';
import type { Route } from './gateway.ts';
import { LIMITS, refuse } from './limits.ts';

const WRITE = ['im:message', 'im:message.reactions:write_only'];
const READ = ['im:message', 'im:message:readonly', 'im:message.reactions:read'];

export function reactionRoutes(cloud: Cloud, appId: string): Route[] {
  function reached(id: string, outside: 'mayNotReact' | 'mayNotSeeReactions' = 'mayNotReact') {
    const message = cloud.state.messages.get(id);
    if (!message || message.deleted || message.onlyFor) return refuse('noMessageToReact');
    if (cloud.disbanded.has(message.channel)) refuse('noChatToReact');
    if (!cloud.botIsIn(message.channel)) refuse(outside);
    if (cloud.state.channels.get(message.channel)?.kind === 'restricted') refuse('invisible');
    return message;
  }

  function shown(id: string) {
    const { emoji, by, at } = cloud.reactions.get(id)!;
    const operator = by === cloud.bot.id ? { operator_id: appId, operator_type: 'app' } : { operator_id: by, operator_type: 'user' };
    return { reaction_id: id, operator, action_time: String(at), reaction_type: { emoji_type: emoji } };
  }

  return [
    {
      call: 'POST /open-apis/im/v1/messages/:message_id/reactions',
      scopes: WRITE,
      body: ['reaction_type!'],
      async run({ params, body }) {
        const { id } = reached(params.message_id);
        return shown(await cloud.react(id, cloud.bot.id, emojiOf(body.reaction_type?.emoji_type)));
      },
    },
    {
      call: 'GET /open-apis/im/v1/messages/:message_id/reactions',
      scopes: READ,
      query: ['reaction_type', 'page_token', 'page_size', 'user_id_type'],
      run({ params, query }) {
        const { id } = reached(params.message_id, 'mayNotSeeReactions');
        if (query.reaction_type !== undefined) emojiOf(query.reaction_type);
        const size = Number(query.page_size ?? 20);
        if (!Number.isInteger(size) || size < 1 || size > LIMITS.pageSize) refuse('badParameter', 'invalid page_size');
        const all = [...cloud.reactions]
          .filter(([, { message, emoji }]) => message === id && (query.reaction_type ?? emoji) === emoji)
          .map(([reaction]) => reaction);
        const start = Number(query.page_token ?? 0);
        const has_more = start + size < all.length;
        return { items: all.slice(start, start + size).map(shown), has_more, ...(has_more && { page_token: String(start + size) }) };
      },
    },
    {
      call: 'DELETE /open-apis/im/v1/messages/:message_id/reactions/:reaction_id',
      scopes: WRITE,
      async run({ params }) {
        const { id } = reached(params.message_id);
        const reaction = cloud.reactions.get(params.reaction_id);
        if (!reaction) return refuse('noReaction');
        if (reaction.message !== id) refuse('otherReaction');
        if (reaction.by !== cloud.bot.id) refuse('notYourReaction');
        const before = shown(params.reaction_id);
        await cloud.unreact(params.reaction_id);
        return before;
      },
    },
  ];
}

/** Some of the 185 names of the vendor's page of emojis; their case counts. */
const EMOJIS = new Set(
  `OK THUMBSUP THANKS MUSCLE FINGERHEART APPLAUSE FISTBUMP JIAYI DONE SMILE BLUSH LAUGH SMIRK LOL FACEPALM LOVE WINK PROUD WITTY SMART
  SCOWL THINKING SOB CRY ERROR NOSEPICK HAUGHTY SLAP SPITBLOOD TOASTED GLANCE DULL INNOCENTSMILE JOYFUL WOW TRICK YEAH ENOUGH TEARS
  EMBARRASSED KISS SMOOCH DROOL OBSESSED MONEY TEASE SHOWOFF COMFORT CLAP PRAISE STRIVE XBLUSH SILENT WAVE WHAT FROWN SHY DIZZY LOOKDOWN
  CHUCKLE WAIL CRAZY WHIMPER HUG BLUBBER WRONGED HUSKY SHHH SMUG ANGRY HAMMER SHOCKED TERROR PETRIFIED SKULL SWEAT SPEECHLESS SLEEP DROWSY
  YAWN SICK PUKE BETRAYED HEADSET EatingFood MeMeMe Sigh Typing Lemon Get LGTM OnIt OneSecond VRHeadset YouAreTheBest SALUTE SHAKE HIGHFIVE
  UPPERLEFT ThumbsDown SLIGHT TONGUE EYESCLOSED RoarForYou CALF BEAR BULL RAINBOWPUKE ROSE HEART PARTY LIPS BEER CAKE GIFT CUCUMBER Drumstick
  Pepper CANDIEDHAWS BubbleTea Coffee Yes No OKR CheckMark CrossMark MinusOne Hundred AWESOMEN Pin Alarm Loudspeaker Trophy Fire BOMB Music
  XmasTree Snowman XmasHat FIREWORKS 2022 REDPACKET FORTUNE LUCK FIRECRACKER StickyRiceBalls HEARTBROKEN POOP StatusFlashOfInspiration 18X
  CLEAVER Soccer Basketball GeneralDoNotDisturb Status_PrivateMessage GeneralInMeetingBusy StatusReading StatusInFlight GeneralBusinessTrip
  GeneralWorkFromHome StatusEnjoyLife GeneralTravellingCar StatusBus GeneralSun GeneralMoonRest MoonRabbit Mooncake JubilantRabbit TV Movie
  Pumpkin BeamingFace Delighted ColdSweat FullMoonFace Partying GoGoGo ThanksFace SaluteFace Shrug ClownFace HappyDragon`.split(/\s+/),
);

export function emojiOf(name: unknown): string {
  return typeof name === 'string' && EMOJIS.has(name) ? name : refuse('badEmoji', `emoji_type ${name}`);
}
