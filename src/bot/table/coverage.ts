/**
 * Tells whether a TrueType font has a glyph for a code point, by its 'cmap' table in format 12 (OpenType specification,
 * "cmap"). Whatever draws text would take a missing glyph from another font of the system, or show a box.
 * @throws Error where the font has no such table
 */
export function coverageOf(font: Buffer): (codePoint: number) => boolean {
  const cmap = tableAt(font, 'cmap');
  const count = font.readUInt16BE(cmap + 2);
  const subtables = Array.from({ length: count }, (_, at) => cmap + font.readUInt32BE(cmap + 8 + 8 * at));
  const full = subtables.find((at) => font.readUInt16BE(at) === 12);
  if (full === undefined) throw new Error('the font has no full list of its characters');
  const groups = Array.from({ length: font.readUInt32BE(full + 12) }, (_, at) => {
    const group = full + 16 + 12 * at;
    return { first: font.readUInt32BE(group), last: font.readUInt32BE(group + 4) };
  });
  return (codePoint) => groups.some(({ first, last }) => first <= codePoint && codePoint <= last);
}

function tableAt(font: Buffer, name: string): number {
  const count = font.readUInt16BE(4);
  for (let at = 0; at < count; at += 1) {
    const record = 12 + 16 * at;
    if (font.toString('latin1', record, record + 4) === name) return font.readUInt32BE(record + 8);
  }
  throw new Error(`the font has no table '${name}'`);
}
