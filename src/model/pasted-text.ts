// Bytes of a file that somebody saved or pasted → text: byte order marks, UTF-16, code fences.

/** The text, without byte order mark and ``` fence, lines ending in \n; undefined where the bytes are neither UTF-8 nor UTF-16. */
export function pastedText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    return withoutFence(text.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n'));
  } catch {
    return undefined;
  }
}

/** Windows editors save UTF-16 with a mark; without one, JSON shows it by a zero byte beside its first character. */
function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (bytes.length > 1 && first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (bytes.length > 1 && first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}

/** Lines stay where they are, so that line numbers in messages are those of the file. */
function withoutFence(text: string): string {
  return /^\s*```/u.test(text) ? text.replace(/^\s*```.*$/mu, '').replace(/```\s*$/u, '') : text;
}
