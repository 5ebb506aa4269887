// One file out of a zip archive (a wheel is one). The layout is PKWARE's APPNOTE.TXT, section 4.3; archives below 4 GB.
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/** Writes the first file whose name ends with `suffix` to `target`. Throws when the archive is damaged or has none. */
export async function unzipOne(archive: string, suffix: string, target: string): Promise<void> {
  const file = await open(archive, 'r');
  try {
    const { size } = await file.stat();
    const read = async (at: number, bytes: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, at);
      return buffer.subarray(0, bytesRead);
    };
    const tail = await read(Math.max(0, size - 65_557), Math.min(size, 65_557)); // the end record and the longest comment
    const end = tail.lastIndexOf(Buffer.from('504b0506', 'hex'));
    if (end < 0 || tail.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error(`${archive} is no zip archive`);
    const directory = await read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));

    for (let at = 0; at < directory.length && directory.readUInt32LE(at) === DIRECTORY_ENTRY; ) {
      const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map(offset => directory.readUInt16LE(at + offset));
      const name = directory.toString('utf8', at + 46, at + 46 + nameBytes);
      if (name.endsWith(suffix)) {
        const method = directory.readUInt16LE(at + 10);
        if (method !== STORED && method !== DEFLATED) throw new Error(`${name} is packed by method ${method}`);
        const packed = directory.readUInt32LE(at + 20);
        const local = directory.readUInt32LE(at + 42);
        const header = await read(local, LOCAL_HEADER_BYTES);
        const start = local + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
        const source = createReadStream(archive, { start, end: start + packed - 1, highWaterMark: 1 << 20 });
        await (method === STORED
          ? pipeline(source, createWriteStream(target))
          : pipeline(source, createInflateRaw(), createWriteStream(target)));
        return;
      }
      at += 46 + nameBytes + extraBytes + commentBytes;
    }
    throw new Error(`${archive} has no *${suffix}`);
  } finally {
    await file.close();
  }
}
