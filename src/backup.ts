// `npm run backup [FOLDER]` and `npm run restore FOLDER`: a team's whole memory in one folder, and back. While the bot runs or not.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { restoreBackup } from './backup/restore.ts';
import { saveBackup } from './backup/save.ts';
import { placeLang, readConfig } from './config.ts';
import { checkDatabase, migrateDatabase } from './data/database.ts';
import { runningUrl, startPostgres } from './data/embedded.ts';
import { Refusal } from './problem.ts';
import { lockFolder } from './start/lock.ts';
import { say } from './words/words.ts';

async function main([verb, folder]: string[]): Promise<void> {
  const config = readConfig();
  const tell = (code: string, values: Record<string, string | number>) => console.log(say(config.lang, code, values));
  if (verb === 'restore') {
    if (!folder) throw new Refusal('backup.which');
    if (!config.databaseUrl && existsSync(join(config.dataDir, 'postgres'))) throw new Refusal('backup.notFresh');
    const { at } = await withDatabase(config, true, async url => {
      await migrateDatabase(url);
      return restoreBackup(resolve(folder), url, config);
    });
    return tell('backup.restored', { folder: config.dataDir, at: at.slice(0, 16).replace('T', ' ') });
  }
  const name = `apprentice-backup-${new Date().toISOString().slice(0, 16).replace(/[:T]/g, '-')}`;
  const to = resolve(folder ?? name);
  const { tables, files } = await withDatabase(config, false, url => saveBackup(url, config, to));
  const rows = Object.values(tables).reduce((sum, count) => sum + count, 0);
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  tell('backup.saved', { folder: to, rows, files: Object.keys(files).length, megabytes: (bytes / 1e6).toFixed(1) });
}

/** The server that DATABASE_URL names, the bundled one that runs, or the bundled one for as long as `work` takes. */
async function withDatabase<T>(
  { databaseUrl, dataDir }: { databaseUrl?: string; dataDir: string },
  mayMake: boolean,
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (databaseUrl) {
    await checkDatabase(databaseUrl);
    return work(databaseUrl);
  }
  const running = runningUrl(dataDir);
  if (running) return work(running);
  if (!mayMake && !existsSync(join(dataDir, 'postgres'))) throw new Refusal('backup.nothing', { folder: dataDir });
  const lock = lockFolder(dataDir);
  try {
    const server = await startPostgres(dataDir);
    return await work(server.url).finally(server.stop);
  } finally {
    lock.release();
  }
}

main(process.argv.slice(2)).catch(error => {
  if (error instanceof Refusal) console.error(say(placeLang(), error.problem.code, error.problem.values));
  else console.error(error);
  process.exitCode = 1;
});
