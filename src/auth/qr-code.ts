/**
 * A QR code of the text in half blocks, one text for each row. What is light in it is drawn, which is right on a dark
 * terminal; phones read the inverted one of a light terminal too. The library is loaded at the first use.
 */
export async function qrLines(text: string): Promise<readonly string[]> {
  const { renderUnicodeCompact } = await import('uqr');
  return renderUnicodeCompact(text, { border: 2, ecc: 'L' }).split('\n');
}
