/** An ISRC without hyphens, in upper case; other texts likewise. Pure. */
export function isrcCode(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}

/** The code of a text that is an ISRC (ISO 3901); undefined for others. Pure. */
export function readIsrc(text: string): string | undefined {
  const code = isrcCode(text);
  return /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/.test(code) ? code : undefined;
}
