/** Letters and digits that nobody takes for one another: no 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V. */
export const codeAlphabet = 'ACDEFGHJKMNPQRTWXY34679';
const codeLength = 6;
/** Bytes from here on would make the first letters likelier than the rest. */
const unbiased = 256 - (256 % codeAlphabet.length);

/** A code of six characters: one of 148 million. */
export function createPairingCode(randomBytes: (size: number) => Uint8Array): string {
  let code = '';
  while (code.length < codeLength) {
    for (const byte of randomBytes(codeLength)) {
      if (byte < unbiased && code.length < codeLength)
        code += codeAlphabet.charAt(byte % codeAlphabet.length);
    }
  }
  return code;
}

/** What was typed, as a code: any case, with spaces and dashes. Undefined when it can be none. */
export function readPairingCode(typed: string): string | undefined {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  if (code.length !== codeLength) return undefined;
  return code.split('').every((character) => codeAlphabet.includes(character)) ? code : undefined;
}

/** Whether a wrong code was aimed at this one: its first half is right. */
export function isNear(typed: string, code: string): boolean {
  return typed.slice(0, codeLength / 2) === code.slice(0, codeLength / 2);
}
