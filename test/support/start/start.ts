// `npm start` with stand-in programs instead of bot and worker: tests of the start need no model and no chat.
import { join } from 'node:path';
import { main } from '../../../src/start/run.ts';

const standIn = (name: string) => ({ program: join(import.meta.dirname, 'stand-in.ts'), args: [name], execArgv: ['--import', 'tsx'] });
process.exit(await main({ bot: standIn('bot'), worker: standIn('worker') }));
