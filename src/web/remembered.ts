// Port and token of last time, kept in the data folder: an address that was good yesterday is good today.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const PORT = 'web-port';
const TOKEN = 'web-token';

/** The port of last time; undefined if there was none. */
export async function rememberedPort(folder: string): Promise<number | undefined> {
  const port = Number(await readText(join(folder, PORT)));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}

export async function rememberPort(folder: string, port: number): Promise<void> {
  await writeFile(join(folder, PORT), `${port}\n`);
}

/** The token, made at the first call; only the owner of the folder can read it. */
export async function rememberedToken(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const known = (await readText(join(folder, TOKEN))).trim();
  if (/^[0-9a-f]{48}$/.test(known)) return known;
  const token = randomBytes(24).toString('hex');
  await writeFile(join(folder, TOKEN), `${token}\n`, { mode: 0o600 });
  return token;
}

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
