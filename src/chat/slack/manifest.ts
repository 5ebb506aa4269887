// The app as Slack is told of it (“Create an app from a manifest”): exactly what is used, nothing for later.
import { say } from '../../words/words.ts';
import { PUSH_PATH } from './http.ts';
import { BOT_SCOPES, type BotEvent, EVENTS, type Manifest } from './scopes.ts';

/** Without `url` events come over Socket Mode; with it by HTTP to that address, which Slack must reach over https. */
export function manifest({ url }: { url?: string } = {}): Manifest {
  const request = url === undefined ? undefined : new URL(PUSH_PATH, url).href;
  return {
    display_information: {
      name: 'Apprentice',
      description: say('en', 'slackFace.app'),
      background_color: '#1f2937',
    },
    features: {
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'apprentice', always_online: false },
      slash_commands: [
        {
          command: '/finetune',
          description: say('en', 'slackFace.command'),
          usage_hint: 'start | status | examples | mine | help',
          // Mentions then come as ids, and names need not be guessed.
          should_escape: true,
          ...(request && { url: request }),
        },
      ],
    },
    oauth_config: { scopes: { bot: BOT_SCOPES } },
    settings: {
      event_subscriptions: { bot_events: (Object.keys(EVENTS) as BotEvent[]).sort(), ...(request && { request_url: request }) },
      interactivity: { is_enabled: true, ...(request && { request_url: request }) },
      org_deploy_enabled: false,
      socket_mode_enabled: request === undefined,
      token_rotation_enabled: false,
    },
  };
}
