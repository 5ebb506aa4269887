// One thing that one person said to the bot: what every verb is handed.
import type { PersonRow } from '../data/people.ts';
import type { Bot } from './bot.ts';
import type { Said } from './reply.ts';

export type Asked = { bot: Bot; event: Said; person: PersonRow };
