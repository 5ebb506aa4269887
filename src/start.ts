// `npm start`: everything on one command; Ctrl-C stops all of it.
import { compiled } from './root.ts';
import { main } from './start/run.ts';

process.exit(await main({ bot: { program: compiled('src/main') }, worker: { program: compiled('worker/main') } }));
