// Which characters a TrueType font has: its cmap table, format 4 (the Basic Multilingual Plane), by the OpenType specification.

export function charactersOf(font: Buffer): Set<string> {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, i) => 12 + 16 * i);
  const record = tables.find(at => font.toString('latin1', at, at + 4) === 'cmap')!;
  const cmap = font.readUInt32BE(record + 8);
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, i) => cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4));
  const at = subtables.find(subtable => font.readUInt16BE(subtable) === 4)!;
  const segments = font.readUInt16BE(at + 6) / 2;
  const found = new Set<string>();
  for (let i = 0; i < segments; i++) {
    const end = font.readUInt16BE(at + 14 + 2 * i);
    const start = font.readUInt16BE(at + 16 + 2 * segments + 2 * i);
    const delta = font.readUInt16BE(at + 16 + 4 * segments + 2 * i);
    const offsetAt = at + 16 + 6 * segments + 2 * i;
    const offset = font.readUInt16BE(offsetAt);
    for (let code = start; code <= end && code < 0xffff; code++) {
      const stored = offset === 0 ? code : font.readUInt16BE(offsetAt + offset + 2 * (code - start));
      const glyph = offset !== 0 && stored === 0 ? 0 : (stored + delta) & 0xffff;
      if (glyph !== 0) found.add(String.fromCharCode(code));
    }
  }
  return found;
}
