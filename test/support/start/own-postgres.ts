// Owns a bundled Postgres until it is killed: `own-postgres DATA_DIR`. Prints what it got as one line of JSON.
import { startPostgres } from '../../../src/data/embedded.ts';
import { Refusal } from '../../../src/problem.ts';

try {
  const { url, pid, adopted } = await startPostgres(process.argv[2]);
  console.log(JSON.stringify({ url, pid, adopted, uid: process.getuid!() }));
  setInterval(() => {}, 1000);
} catch (error) {
  console.log(JSON.stringify(error instanceof Refusal ? error.problem : { bug: String(error) }));
  process.exit(1);
}
