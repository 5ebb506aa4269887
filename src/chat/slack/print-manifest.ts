// `npm run slack:manifest`: the manifest as JSON, for Socket Mode, or with the address of the bot for HTTP.
import { manifest } from './manifest.ts';

const [url] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(manifest({ url }), undefined, 2)}\n`);
