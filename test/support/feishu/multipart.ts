// multipart/form-data to the byte (RFC 7578). The platform's own parser will not do: it takes a part without a file name for text, and the
// vendor's client sends its buffers so.
import { refuse } from './limits.ts';

export type Part = { name: string; filename?: string; type?: string; bytes: Buffer };

/** `type` is the whole content-type header. */
export function partsOf(body: Buffer, type: string): Part[] {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? refuse('badField', 'no boundary');
  const delimiter = Buffer.from(`\r\n--${quoted ?? plain}`);
  // The first delimiter has no line before it.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts: Part[] = [];
  for (let at = whole.indexOf(delimiter); ; ) {
    const start = at + delimiter.length;
    if (at < 0) return refuse('badField', 'the form does not end');
    if (whole.subarray(start, start + 2).toString() === '--') return parts;
    at = whole.indexOf(delimiter, start);
    if (at >= 0) parts.push(partOf(whole.subarray(start + 2, at)));
  }
}

function partOf(bytes: Buffer): Part {
  const end = bytes.indexOf('\r\n\r\n');
  const headers = bytes.subarray(0, end).toString('utf8');
  const [, name] = /name="([^"]*)"/i.exec(headers) ?? refuse('badField', 'a part without a name');
  const [, filename] = /filename="([^"]*)"/i.exec(headers) ?? [];
  const [, type] = /^content-type:\s*(.+)$/im.exec(headers) ?? [];
  return { name, ...(filename !== undefined && { filename }), ...(type && { type: type.trim() }), bytes: bytes.subarray(end + 4) };
}
