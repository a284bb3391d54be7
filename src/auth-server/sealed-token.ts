import { createCipheriv, createDecipheriv } from 'node:crypto';
import { HarmoniError } from '../errors.ts';

/** Makes of a refresh token one that only this server can use, and back. */
export interface TokenSeal {
  seal(token: string): string;
  /** Undefined for anything that this key has not sealed. */
  open(sealed: string): string | undefined;
}

const nonceBytes = 12;
const tagBytes = 16;
/** Tells sealed tokens from bare ones, and this way from later ones. */
const prefix = 'h1.';
const keyBytes = 32;

/** AES-256-GCM (NIST SP 800-38D) with a nonce of its own for each token. */
export function createTokenSeal(key: Uint8Array, randomBytes: (size: number) => Uint8Array): TokenSeal {
  return {
    seal(token) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const text = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
      return prefix + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(sealed) {
      if (!sealed.startsWith(prefix)) return undefined;
      const bytes = Buffer.from(sealed.slice(prefix.length), 'base64url');
      if (bytes.length <= nonceBytes + tagBytes) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const text = decipher.update(bytes.subarray(nonceBytes + tagBytes));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

/** Without a key tokens stay as Spotify sent them. */
export const noSeal: TokenSeal = { seal: (token) => token, open: (token) => token };

/** The 32 bytes of HARMONI_AUTH_SERVER_KEY, as 64 hexadecimal digits. Throws HarmoniError auth-server-invalid. */
export function readTokenKey(text: string): Uint8Array {
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length !== keyBytes || text.trim().length !== 2 * keyBytes) {
    throw new HarmoniError('auth-server-invalid', "HARMONI_AUTH_SERVER_KEY isn't a 32-byte key.", {
      fix: 'Make one with openssl rand -hex 32.',
    });
  }
  return key;
}
