// `import FILE [NAME]`: a GGUF file becomes a model folder; a file of examples is looked through, so that one knows before tuning what is wrong.
import { open } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { openModelFolder } from '../../src/model/folder.ts';
import { importGguf } from '../../src/model/gguf-import.ts';
import { Refusal } from '../../src/problem.ts';
import { readArguments } from './arguments.ts';
import { type Command, megabytes } from './command.ts';
import { readRowsFile } from './rows-file.ts';

export const importFile: Command = async (args, { settings, terminal }) => {
  const { rest } = readArguments(args, [], 'cli.usage.import');
  const [file, name] = rest;
  if (file === undefined || rest.length > 2) throw new Refusal('cli.usage.import');
  if (await isGguf(file)) {
    const folder = join(resolve(settings.modelsDir), name ?? basename(file).replace(/\.gguf$/iu, ''));
    if (await exists(folder)) throw new Refusal('cli.modelThere', { folder });
    await importGguf(file, folder, (done, total) => terminal.progress('cli.progress.import', megabytes(done), megabytes(total)));
    const { fingerprint } = await openModelFolder(folder);
    terminal.tell('cli.imported', { folder, fingerprint: fingerprint.slice(0, 12) });
    return terminal.print(folder);
  }
  const rows = await readRowsFile(file, terminal);
  const reports = rows.filter(({ kind }) => kind === 'report').length;
  terminal.print(JSON.stringify({ rows: rows.length, qa: rows.length - reports, report: reports }));
};

const exists = (folder: string): Promise<boolean> =>
  open(folder).then(
    handle => handle.close().then(() => true),
    () => false,
  );

/** A GGUF file says so in its first four bytes, whatever its name. */
async function isGguf(file: string): Promise<boolean> {
  const handle = await open(file).catch((cause: NodeJS.ErrnoException) => {
    throw new Refusal('cli.noFile', { file, why: cause.code ?? cause.message }, { cause });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).toString('latin1') === 'GGUF';
  } catch (cause) {
    throw new Refusal('cli.noFile', { file, why: (cause as NodeJS.ErrnoException).code ?? String(cause) }, { cause });
  } finally {
    await handle.close();
  }
}
