// `npm run bench NAME`: runs dist/test/bench/NAME.js, which npm has compiled just now.
import { existsSync } from 'node:fs';

const BENCHES = ['learn', 'load', 'marks', 'pair', 'room', 'secrets', 'slack', 'train', 'verdict'];
const name = process.argv[2];
const program = new URL(`../../dist/test/bench/${name}.js`, import.meta.url);
if (BENCHES.includes(name) && existsSync(program)) await import(program.href);
else {
  console.error(`npm run bench NAME: NAME is one of ${BENCHES.join(', ')}.`);
  process.exitCode = 1;
}
